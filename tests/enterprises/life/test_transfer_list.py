"""The list of transfers: both districts see theirs, and find what they have to answer."""

from io import BytesIO

from django.urls import reverse
from openpyxl import load_workbook

from enterprises import services
from tests.factories.life import offered, offered_to_guangrao

URL = reverse("enterprises:transfers")


def shown(browser, **query):
    return list(browser.get(URL, query).context["page"].rows)


def test_both_sides_see_a_transfer_and_nobody_else_does(people, enterprise, sign_in):
    transfer = offered(people, enterprise)

    for person in (people.county, people.other_county, people.city, people.town):
        assert shown(sign_in(person)) == [transfer]
    for person in (people.other_town, people.dept, people.expert):
        assert shown(sign_in(person)) == []


def test_each_side_finds_what_waits_for_its_own_answer(people, enterprise, sign_in):
    out, into = offered(people, enterprise), offered_to_guangrao(people)

    assert shown(sign_in(people.county), side="in", state="asked") == [into]
    assert shown(sign_in(people.county), side="out", state="asked") == [out]
    assert shown(sign_in(people.other_county), side="in", state="asked") == [out]


def test_an_answered_transfer_stays_in_the_list_of_both(people, enterprise, sign_in, at):
    transfer = offered(people, enterprise)
    services.refuse_transfer(transfer, reason="厂区仍在广饶", by=people.other_county, at=at)

    for person in (people.county, people.other_county):
        assert shown(sign_in(person), state="refused") == [transfer]
        assert shown(sign_in(person), state="asked") == []


def test_it_is_found_by_the_name_of_a_file_that_one_does_not_see_yet(people, enterprise, sign_in):
    transfer = offered(people, enterprise)

    assert shown(sign_in(people.other_county), q="砚池") == [transfer]
    assert shown(sign_in(people.other_county), q="云麓") == []


def test_the_place_finds_it_from_either_end(people, enterprise, sign_in):
    transfer = offered(people, enterprise)

    assert shown(sign_in(people.city), place="370522") == [transfer]
    assert shown(sign_in(people.city), place="370523101") == [transfer]
    assert shown(sign_in(people.city), place="370523102") == []


def test_the_export_says_what_the_list_says(people, enterprise, sign_in):
    offered(people, enterprise)

    answer = sign_in(people.other_county).get(URL, {"format": "xlsx"})

    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    assert rows[1][0] == enterprise.name
    assert "利津县" in " ".join(str(cell) for cell in rows[1])
