"""Reading by machine: what a token shows, page by page, and to whom it shows nothing."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.masking import mask_id_no
from enterprises.models import ApiToken, Enterprise
from enterprises.services import change, issue_token, withdraw_token
from tests.enterprises.find.conftest import token_for
from tests.factories.enterprises import make_enterprise
from tests.factories.identity import valid_id_no
from tests.people import AT

LIST = "/api/v1/enterprises"


def names(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [row["name"] for row in answer.json()["rows"]]


def test_a_token_shows_what_its_person_sees_and_no_more(api, people, enterprise, other_enterprise):
    assert names(api(people.county).get(LIST)) == [enterprise.name]
    assert set(names(api(people.city).get(LIST))) == {enterprise.name, other_enterprise.name}
    assert names(api(people.dept).get(LIST)) == [other_enterprise.name]


def test_an_enterprise_elsewhere_is_not_found(api, people, enterprise, other_enterprise):
    county = api(people.county)

    assert county.get(f"{LIST}/{enterprise.uscc}").json()["name"] == enterprise.name
    assert county.get(f"{LIST}/{enterprise.uscc.lower()}").status_code == 200
    assert county.get(f"{LIST}/{other_enterprise.uscc}").status_code == 404


def test_a_post_without_the_archive_is_refused(api, people):
    assert api(people.expert).get(LIST).status_code == 403


def test_personal_numbers_are_masked(api, people, enterprise):
    enterprise.legal_rep_name = "高砚平"
    enterprise.save()
    row = api(people.county).get(f"{LIST}/{enterprise.uscc}").json()

    assert row["contact_phone"] == "136****0002"
    assert row["principal_phone"] == "136****0001"
    assert row["legal_rep_name"] == "高**"


@pytest.mark.parametrize("address", [LIST, f"{LIST}/{{uscc}}"])
def test_the_id_number_of_a_person_is_not_given_at_all(api, people, enterprise, address):
    number = valid_id_no(27)
    change(enterprise, facts={"legal_rep_id_no": number}, by=people.town, at=AT)
    answer = api(people.county).get(address.format(uscc=enterprise.uscc)).content.decode()

    assert enterprise.uscc in answer
    assert number not in answer
    assert mask_id_no(number) not in answer
    assert "id_no" not in answer


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer sw_wrong", "Basic sw_wrong", "Bearer sw_\x00"])
def test_without_a_right_token_there_is_no_answer(client, people, header):
    answer = client.get(LIST, headers={"Authorization": header})

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_session_of_the_website_opens_nothing_here(sign_in, people):
    assert sign_in(people.county).get(LIST).status_code == 401


def test_a_token_opens_nothing_before_its_time_after_it_or_once_withdrawn(
    api, people, enterprise, time_machine
):
    county = api(people.county, from_on=date(2026, 3, 10), to_on=date(2026, 3, 11))
    assert county.get(LIST).status_code == 200

    for day in (-1, 2):
        time_machine.move_to(AT + timedelta(days=day))
        assert county.get(LIST).status_code == 401
    time_machine.move_to(AT)
    withdraw_token(ApiToken.objects.get(), by=people.admin, at=AT)
    assert county.get(LIST).status_code == 401


def test_a_token_of_a_closed_account_opens_nothing(api, people, enterprise):
    county = api(people.county)
    people.county.is_active = False
    people.county.save()

    assert county.get(LIST).status_code == 401


def test_only_the_digest_of_a_token_is_kept(people):
    token, text = token_for(people.county, people)

    assert text not in {str(value) for value in vars(ApiToken.objects.get(pk=token.pk)).values()}
    assert text.startswith(token.start)


def test_only_who_keeps_accounts_issues_tokens_and_only_for_two_years(people):
    facts = {"name": "x", "organisation": people.county.organisation, "user": people.county, "at": AT}
    days = {"from_on": AT.date(), "to_on": AT.date()}
    with pytest.raises(PermissionDenied):
        issue_token(**facts, **days, by=people.county)
    with pytest.raises(PermissionDenied):
        withdraw_token(token_for(people.county, people)[0], by=people.security, at=AT)
    for to_on in (date(2026, 3, 9), date(2029, 1, 1)):
        with pytest.raises(ValidationError):
            issue_token(**facts, from_on=AT.date(), to_on=to_on, by=people.admin)


def test_beyond_its_rate_a_token_waits_for_the_next_minute(api, people, enterprise, time_machine):
    county = api(people.county, per_minute=2)
    assert [county.get(LIST).status_code for _time in range(3)] == [200, 200, 429]
    assert county.get(LIST).headers["Retry-After"] == "60"

    time_machine.move_to(AT + timedelta(hours=1, minutes=1))
    assert county.get(LIST).status_code == 200


def test_pages_follow_each_other_without_gap_or_repetition(api, people, enterprise):
    for _serial in range(6):
        make_enterprise()
    county, seen, cursor = api(people.county), [], ""
    while cursor is not None:
        answer = county.get(LIST, {"limit": 3, **({"cursor": cursor} if cursor else {})})
        seen += names(answer)
        cursor = answer.json()["next"]

    assert len(seen) == 7
    assert set(seen) == set(Enterprise.objects.filter(county_code="370523").values_list("name", flat=True))


def test_changes_since_a_moment_are_asked_for(api, people, enterprise):
    later = make_enterprise(updated_at=AT + timedelta(minutes=30))

    since = (AT + timedelta(minutes=10)).isoformat()
    assert names(api(people.county).get(LIST, {"changed_since": since})) == [later.name]


def test_conditions_of_the_list_narrow_the_answer(api, people, enterprise):
    hazchem = make_enterprise("370523102001", name="稻庄化工", regulatory_category="hazchem", employees=50)
    county = api(people.county)

    for asked in (
        {"category": "hazchem"},
        {"place": "370523102"},
        {"q": "稻庄化工"},
        {"employees_min": 40},
        {"category": ["hazchem", "fireworks"], "status": "normal"},
    ):
        assert names(county.get(LIST, asked)) == [hazchem.name], asked
    assert names(county.get(LIST, {"place": "370522"})) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"categori": "hazchem"},
        {"category": "nothing"},
        {"place": "37052"},
        {"limit": "0"},
        {"limit": "201"},
        {"cursor": "nonsense"},
        {"changed_since": "2026-03-10T10:00:00"},
        {"changed_since": "0001-01-01T00:00:00Z"},
        {"q": "\0"},
        {"employees_min": "9" * 30},
    ],
)
def test_what_cannot_be_read_is_named_and_never_ignored(api, people, enterprise, asked):
    answer = api(people.county).get(LIST, asked)

    assert answer.status_code == 422, answer.content
    assert next(iter(asked)) in " ".join(answer.json()["fields"])


def test_the_last_use_is_written_down_at_most_once_a_minute(api, people, enterprise):
    county = api(people.county)
    county.get(LIST)
    first = ApiToken.objects.get().last_used_at
    county.get(LIST)

    assert first is not None
    assert ApiToken.objects.get().last_used_at == first
