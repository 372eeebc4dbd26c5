"""The quality of files: one statement for all, and each lost point at its field."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enterprises.groups import GROUPS, MANDATORY, asked_of
from enterprises.models import Enterprise, FactGroup, Insurance, QualityScore, SafetyPerson
from enterprises.services import change, confirm_many
from enterprises.tasks import rate_files
from enterprises.truth.reasons import lost_points
from enterprises.truth.score import refresh
from enterprises.truth.staffing import checks
from rulebook.services import parameter
from tests.factories.enterprises import make_enterprise
from tests.people import AT

pytestmark = pytest.mark.django_db
TODAY = AT.date()
ALL_GROUPS = [group.code for group in GROUPS]


def filled(**fields) -> Enterprise:
    """Return an enterprise whose mandatory fields are filled in, as far as nobody else is needed for it."""
    return make_enterprise(legal_rep_name="高砚平", employees=12, grid_id="370523101001001", **fields)


def score(enterprise) -> QualityScore:
    return QualityScore.objects.get(enterprise=enterprise)


def by_hand(enterprise, on: date) -> tuple[int, int, int]:
    """Return score, freshness and completeness, counted in Python from the same rows."""
    weight = {group.code: int(parameter(group.weight, on=on).amount) for group in GROUPS}
    asked = [group.code for group in asked_of(enterprise)]
    standing = FactGroup.objects.filter(enterprise=enterprise, stale_on__gt=on, doubt="")
    fresh = sum(weight[row.group] for row in standing if row.group in asked)
    freshness = rounded(100 * fresh, sum(weight[code] for code in asked))
    there = sum(bool(getattr(enterprise, name)) for name in MANDATORY) - (len(enterprise.region_id) < 12)
    completeness = rounded(100 * there, len(MANDATORY))
    share = int(parameter("WEIGHT_FRESHNESS", on=on).amount)
    return rounded(freshness * share + completeness * (100 - share), 100), freshness, completeness


def rounded(over: int, under: int) -> int:
    """Return the quotient as a whole number, a half upwards."""
    return int((Decimal(over) / under).quantize(Decimal(1), rounding="ROUND_HALF_UP"))


def test_the_statement_counts_as_one_would_by_hand(people):
    rows = [filled(), make_enterprise(), make_enterprise("370523101"), filled(regulatory_category="hazchem")]
    for number, row in enumerate(rows):
        confirm_many([row.pk], ALL_GROUPS[number :: number + 1], by=None, at=AT, source="import")
    for on in (TODAY, TODAY + timedelta(days=120), TODAY + timedelta(days=200)):
        refresh(on=on)
        for row in rows:
            held = score(row)
            assert (held.score, held.freshness, held.completeness) == by_hand(row, on)


def test_a_file_that_is_whole_and_fresh_has_a_hundred(people):
    row = filled(supervising_organisation=people.county.organisation)
    confirm_many([row.pk], ALL_GROUPS, by=None, at=AT, source="import")

    assert (score(row).score, score(row).stale, score(row).missing) == (100, [], [])


def test_what_is_empty_is_named(people):
    row = make_enterprise("370523101")
    refresh(on=TODAY)

    assert score(row).missing == ["region", "supervising_organisation", "legal_rep_name", "grid", "employees"]


def test_freshness_drops_on_the_day_after_the_last(people):
    row = filled()
    confirm_many([row.pk], ALL_GROUPS, by=None, at=AT, source="import")
    last = TODAY + timedelta(days=89)

    refresh(on=last)
    assert "contact" not in score(row).stale
    refresh(on=last + timedelta(days=1))
    assert "contact" in score(row).stale


def test_a_change_of_one_file_is_rated_at_once(people, enterprise):
    change(enterprise, facts={"legal_rep_name": "高砚平"}, by=people.town, at=AT)

    assert "legal_rep_name" not in score(enterprise).missing


def test_an_ended_file_is_not_rated_and_loses_its_rating(people, enterprise):
    refresh(on=TODAY)
    Enterprise.objects.filter(pk=enterprise.pk).update(operating_status="closed")
    refresh(on=TODAY)

    assert not QualityScore.objects.filter(enterprise=enterprise).exists()


def test_a_night_in_which_nothing_changed_writes_nothing(people, enterprise):
    assert refresh(on=TODAY) == Enterprise.objects.count()
    assert refresh(on=TODAY + timedelta(days=1)) == 0
    assert score(enterprise).since == TODAY


def test_all_files_are_rated_by_one_statement(people):
    for _each in range(12):
        make_enterprise()
    with CaptureQueriesContext(connection) as queries:
        refresh(on=TODAY)

    assert len([query for query in queries if "qualityscore" in query["sql"]]) == 1
    assert QualityScore.objects.count() == Enterprise.objects.count()


def test_the_clock_rates_every_night(people, enterprise):
    rate_files()

    assert QualityScore.objects.filter(enterprise=enterprise).exists()


def test_every_lost_point_has_its_place(people, enterprise):
    refresh(on=TODAY)
    lost = lost_points(Enterprise.objects.select_related("quality").get(pk=enterprise.pk), people.town, at=AT)

    assert abs(sum(row.points for row in lost) - (100 - score(enterprise).score)) <= len(lost)
    assert all(row.url.startswith(f"/enterprises/{enterprise.pk}/") for row in lost)
    assert {row.url.partition("#")[2] for row in lost} >= {
        "g-contact",
        "g-health",
        "id_employees",
        "id_legal_rep_name",
    }


def test_the_page_of_the_fields_really_has_them(people, enterprise, sign_in):
    refresh(on=TODAY)
    found = Enterprise.objects.select_related("quality").get(pk=enterprise.pk)
    page = sign_in(people.town).get(f"/enterprises/{enterprise.pk}/edit/").content.decode()

    anchors = [
        url.partition("#")[2]
        for row in lost_points(found, people.town, at=AT)
        for url in (row.url, *(url for _label, url in row.fields))
        if "/edit/#" in url
    ]
    assert [each for each in anchors if f'id="{each}"' not in page] == []


def verdicts(enterprise) -> dict[str, bool]:
    return {
        check.url.partition("#")[2] or check.url.split("/")[-2]: check.is_met
        for check in checks(enterprise, on=TODAY)
    }


def test_a_small_trade_needs_a_manager_of_either_kind(people):
    assert verdicts(filled(part_time_safety_managers=0)) == {"id_part_time_safety_managers": False}
    assert verdicts(filled(part_time_safety_managers=1)) == {"id_part_time_safety_managers": True}


def test_above_a_hundred_a_part_time_manager_is_not_enough(people):
    row = filled(part_time_safety_managers=1)
    row.employees = 100
    assert verdicts(row) == {"id_part_time_safety_managers": True}
    row.employees = 101
    assert verdicts(row) == {"id_full_time_safety_managers": False}


def test_the_ledgers_answer_for_people_and_insurance(people):
    row = make_enterprise(regulatory_category="hazchem", employees=120, full_time_safety_managers=1)
    assert verdicts(row) == {
        "id_full_time_safety_managers": True,
        "id_registered_safety_engineers": False,
        "id_safety_director": False,
        "persons": False,
        "insurance": False,
    }
    for position in ("principal", "director", "engineer"):
        SafetyPerson.objects.create(
            enterprise=row, name=position, position=position, created_at=AT, updated_at=AT
        )
    Insurance.objects.create(
        enterprise=row,
        kind="liability",
        insurer="人保",
        policy_no="1",
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        created_at=AT,
        updated_at=AT,
    )
    assert set(verdicts(row).values()) == {True}
    assert "insurance" not in verdicts(make_enterprise(employees=120))


def test_a_director_named_in_the_file_is_one_without_a_row_in_the_ledger(people):
    row = make_enterprise(regulatory_category="hazchem", employees=120)
    assert verdicts(row)["id_safety_director"] is False

    row.safety_director = "周守拙"

    assert verdicts(row)["id_safety_director"] is True
    assert verdicts(row)["persons"] is False, "a name is no certificate"


@pytest.mark.parametrize(("people_at_once", "met"), [(None, False), (64, True)])
def test_labour_intensive_is_called_so_by_a_number(people, people_at_once, met):
    row = make_enterprise(risk_tags=["labour_intensive"], shift_people=people_at_once)

    assert verdicts(row)["id_shift_people"] is met
    assert "id_shift_people" not in verdicts(make_enterprise(risk_tags=["dust"]))
