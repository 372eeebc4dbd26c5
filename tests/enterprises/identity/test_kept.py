"""The legal representative's ID number: encrypted at rest, masked wherever it is shown, whole for the enterprise itself."""

import pytest
from django.db import IntegrityError, connection, transaction

from audit.models import Entry
from enterprises.models import ChangeRequest, Enterprise, FactGroup, LegalRepIdentity
from enterprises.services import approve_change, change, register
from tests.enterprises.identity.conftest import NUMBER, SHOWN
from tests.factories.enterprises import make_enterprise
from tests.factories.identity import valid_id_no
from tests.people import AT

pytestmark = pytest.mark.django_db
OTHER = valid_id_no(512, born="19680229")
SEE_IT_MASKED = ["city", "county", "town", "officer", "leader", "legal", "enterprise"]


def stored() -> str:
    """Return what the database really holds of the only number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_no FROM enterprises_legalrepidentity")
        [(raw,)] = cursor.fetchall()
    return raw


def everything_stored(table: str) -> str:
    """Return all rows of a table as one text."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT string_agg(row_to_json(t)::text, ' ') FROM {table} t")  # noqa: S608
        return cursor.fetchone()[0] or ""


def whole(enterprise) -> str:
    return LegalRepIdentity.objects.get(enterprise=enterprise).id_no


def test_it_is_encrypted_at_rest_and_comes_back_whole(filed):
    assert NUMBER not in stored()
    assert len(stored()) > 80
    assert whole(filed) == NUMBER


@pytest.mark.parametrize(
    "table", ["enterprises_enterprise", "enterprises_enterpriseevent", "audit_entry", "enterprises_factgroup"]
)
def test_nothing_beside_it_holds_the_number(filed, table):
    assert NUMBER[3:14] not in everything_stored(table)


def test_a_file_holds_it_masked(filed):
    assert Enterprise.objects.get(pk=filed.pk).legal_rep_id_no == SHOWN


@pytest.mark.parametrize("text", [NUMBER, "370***********02", "x"])
def test_the_database_takes_no_number_that_is_not_masked(enterprise, text):
    with pytest.raises(IntegrityError), transaction.atomic():
        Enterprise.objects.filter(pk=enterprise.pk).update(legal_rep_id_no=text)


def test_a_masked_number_is_never_kept_as_a_whole_one(people, filed):
    with pytest.raises(ValueError, match="whole"), transaction.atomic():
        change(filed, facts={"legal_rep_id_no": "371***********0271"}, by=people.town, at=AT)

    assert whole(filed) == NUMBER


def test_saving_the_same_number_again_changes_nothing(people, filed):
    before = stored()

    change(filed, facts={"legal_rep_id_no": NUMBER}, by=people.town, at=AT)

    assert stored() == before
    assert Entry.objects.filter(verb="enterprises.change").count() == 1


def test_another_number_takes_its_place_and_an_empty_one_is_forgotten(people, filed):
    change(filed, facts={"legal_rep_id_no": OTHER}, by=people.town, at=AT)
    assert whole(filed) == OTHER

    row = change(filed, facts={"legal_rep_id_no": ""}, by=people.town, at=AT)
    assert row.legal_rep_id_no == ""
    assert not LegalRepIdentity.objects.exists()


def test_two_numbers_that_look_alike_masked_are_told_apart(people, filed):
    twin = next(
        number
        for month in range(1, 13)
        for day in range(1, 29)
        if (number := valid_id_no(27, born=f"1981{month:02d}{day:02d}"))[-4:] == NUMBER[-4:]
    )

    change(filed, facts={"legal_rep_id_no": twin}, by=people.town, at=AT)

    assert whole(filed) == twin


def test_a_file_is_opened_with_it(people, sign_in, answers):
    sign_in(people.county).post("/enterprises/new/", answers(legal_rep_id_no=f" {NUMBER[:6]} {NUMBER[6:]}"))

    row = Enterprise.objects.get(uscc=answers()["uscc"])
    assert (row.legal_rep_id_no, whole(row)) == (SHOWN, NUMBER)


def test_registering_without_it_keeps_none(people, answers):
    facts = {"name": "广饶听松机械有限公司", "uscc": answers()["uscc"], "region_id": "370523101"}

    row = register(facts=facts, by=people.county, at=AT)

    assert row.legal_rep_id_no == ""
    assert not LegalRepIdentity.objects.exists()


def test_a_wrong_one_is_refused_beside_the_field(people, sign_in, answers):
    answer = sign_in(people.county).post("/enterprises/new/", answers(legal_rep_id_no=NUMBER[:-1] + "9"))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["legal_rep_id_no"]


@pytest.mark.parametrize("person", SEE_IT_MASKED)
@pytest.mark.parametrize("page", ["", "?part=below"])
def test_the_page_and_its_history_show_it_masked(people, sign_in, filed, person, page):
    change(filed, facts={"legal_rep_id_no": OTHER}, by=people.town, at=AT)
    text = sign_in(getattr(people, person)).get(filed.get_absolute_url() + page).text

    assert OTHER not in text
    assert NUMBER not in text
    assert f"370{'*' * 11}{OTHER[-4:]}" in text


@pytest.mark.parametrize("page", ["", "?part=below", "?whole=shown"])
def test_a_grid_worker_does_not_see_it_at_all(people, sign_in, filed, page):
    change(filed, facts={"legal_rep_id_no": OTHER}, by=people.town, at=AT)
    text = sign_in(people.grid).get(filed.get_absolute_url() + page).text

    assert OTHER[-4:] not in text
    assert SHOWN not in text


def test_a_department_sees_it_masked(people, sign_in, at):
    row = make_enterprise(regulatory_category="hazchem")
    change(row, facts={"legal_rep_id_no": NUMBER}, by=people.town, at=at)

    assert SHOWN in sign_in(people.dept).get(row.get_absolute_url()).text


def test_a_regulator_s_form_holds_it_masked_and_leaves_it_when_it_comes_back_so(
    people, sign_in, filed, answers
):
    browser, url = sign_in(people.county), f"/enterprises/{filed.pk}/edit/"
    page = browser.get(url).text
    assert SHOWN in page
    assert NUMBER not in page

    answer = browser.post(url, answers(uscc=filed.uscc, employees="88", legal_rep_id_no=SHOWN))

    assert answer.status_code == 302
    assert Enterprise.objects.get(pk=filed.pk).employees == 88
    assert whole(filed) == NUMBER


def test_the_mask_of_another_number_is_refused(people, sign_in, filed, answers):
    fields = answers(uscc=filed.uscc, legal_rep_id_no="371***********0271")

    answer = sign_in(people.county).post(f"/enterprises/{filed.pk}/edit/", fields)

    assert answer.status_code == 422
    assert whole(filed) == NUMBER


def test_the_enterprise_itself_reads_it_whole_in_its_form(people, sign_in, filed):
    assert NUMBER in sign_in(people.enterprise).get(f"/enterprises/{filed.pk}/edit/").text


def test_no_browser_keeps_it(people, sign_in, filed):
    form = sign_in(people.county).get("/enterprises/new/").context["form"]

    assert 'autocomplete="off"' in str(form["legal_rep_id_no"])


@pytest.mark.parametrize("words", [NUMBER, NUMBER[-4:], SHOWN, "***"])
def test_nobody_finds_a_file_by_it(people, sign_in, filed, words):
    # The last four of the number are in no other text of the file.
    assert NUMBER[-4:] not in Enterprise.objects.get(pk=filed.pk).search_text
    assert filed.name not in sign_in(people.county).get("/enterprises/", {"q": words}).text


def test_an_export_writes_it_masked_and_for_a_grid_worker_not_at_all(people, sign_in, filed):
    asked = {"format": "csv", "cols": "uscc,legal_rep_id_no"}

    def line(person):
        text = sign_in(person).get("/enterprises/", asked).content.decode("utf-8-sig")
        return next(each for each in text.splitlines() if each.startswith(filed.uscc))

    assert line(people.county) == f"{filed.uscc},{SHOWN}"
    assert line(people.grid) == f"{filed.uscc},"


def doubt_of(enterprise) -> str:
    """Return why the contacts of the file are in doubt, if they are."""
    return FactGroup.objects.get(enterprise=enterprise, group="contact").doubt


def test_another_person_under_the_old_number_puts_the_contacts_in_doubt(filed, people):
    change(filed, facts={"legal_rep_name": "高砚平"}, by=people.town, at=AT)

    assert doubt_of(filed) == "法定代表人姓名已变更，身份证号未更新"
    assert whole(filed) == NUMBER


def test_another_person_with_a_number_of_their_own_is_no_doubt(filed, people):
    change(filed, facts={"legal_rep_name": "高砚平", "legal_rep_id_no": OTHER}, by=people.town, at=AT)

    assert doubt_of(filed) == ""


def test_another_person_in_a_file_without_a_number_is_no_doubt(enterprise, people):
    change(enterprise, facts={"legal_rep_name": "高砚平"}, by=people.town, at=AT)

    assert doubt_of(enterprise) == ""


def test_a_person_approved_by_the_regulator_puts_the_old_number_in_doubt_too(filed, people):
    change(filed, facts={"legal_rep_name": "高砚平"}, reason="换届", by=people.enterprise, at=AT)
    approve_change(ChangeRequest.objects.get(), by=people.town, at=AT)

    assert doubt_of(filed) == "法定代表人姓名已变更，身份证号未更新"
