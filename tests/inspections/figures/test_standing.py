"""How an enterprise stands: what it owes, what earns points, and who is left out."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from accounts.models import User
from enterprises.models import Enterprise, FactGroup
from inspections.figures.standing import rate
from inspections.models import Doubt, Standing
from tests.factories.enterprises import make_enterprise
from tests.factories.figures import standing as hazard
from tests.factories.inspections import finished
from tests.factories.self_checks import accepted, composed, self_checked, submitted
from tests.people import AT

pytestmark = pytest.mark.django_db
TODAY = localdate(AT)
LATER = AT + timedelta(days=3)


def rated(enterprise, on: date | None = None) -> Standing:
    rate(on=on or localdate(LATER))
    return Standing.objects.get(enterprise=enterprise)


def bind_phone(people) -> None:
    User.objects.filter(pk=people.enterprise.pk).update(phone="13605460099")


def test_an_enterprise_that_does_nothing_earns_only_that_nothing_is_overdue(enterprise):
    held = rated(enterprise)

    assert (held.list_state, held.check_state, held.has_phone) == ("missing", "none", False)
    assert (held.score, held.tier) == (10, 4)


def test_a_draft_is_not_a_compiled_list(people, enterprise):
    composed(people, enterprise)

    assert rated(enterprise).list_state == "missing"


def test_a_list_handed_in_earns_half_and_an_accepted_one_all(people, enterprise):
    other = make_enterprise()
    submitted(people, enterprise)
    before = rated(enterprise).score
    assert rated(enterprise).list_state == "compiled"

    enterprise.self_check_lists.all().delete()
    accepted(people, enterprise)

    after = rated(enterprise)
    assert after.list_state == "accepted"
    # Ten points more for the list, twenty for checks that are not late.
    assert after.score == before + 10 + 20
    assert rated(other).list_state == "missing"


def test_who_checks_finds_and_rectifies_in_time_stands_in_the_first_tier(people, enterprise):
    bind_phone(people)
    self_checked(people, accepted(people, enterprise))
    hazard(
        enterprise,
        state="closed",
        found_at=AT - timedelta(days=20),
        deadline_on=TODAY - timedelta(days=5),
        rectified_at=AT - timedelta(days=8),
        closed_at=AT - timedelta(days=7),
    )

    held = rated(enterprise)

    assert (held.checked, held.found, held.due, held.in_time) == (1, 1, 1, 1)
    assert (held.score, held.tier) == (100, 1)


def test_who_reports_nothing_is_never_late_and_earns_little_by_it(people, enterprise):
    bind_phone(people)
    accepted(people, enterprise)

    held = rated(enterprise)

    assert held.overdue == 0
    assert (held.score, held.tier) == (60, 4)


def test_an_overdue_hazard_costs_points_and_is_counted(people, enterprise):
    hazard(enterprise, found_at=AT - timedelta(days=30), deadline_on=TODAY - timedelta(days=2))

    held = rated(enterprise)

    assert (held.overdue, held.due, held.in_time) == (1, 1, 0)
    # Twenty for having found it; nothing for the day that passed.
    assert held.score == 20


def test_a_self_check_that_is_late_earns_nothing(people, enterprise):
    row = accepted(people, enterprise, cycle_days=10)

    assert rated(enterprise, on=row.next_check_on).check_state == "kept"
    assert rated(enterprise, on=row.next_check_on + timedelta(days=1)).check_state == "late"


def test_a_phone_counts_while_nothing_speaks_against_the_contact(people, enterprise):
    bind_phone(people)
    assert rated(enterprise).has_phone

    FactGroup.objects.update_or_create(
        enterprise=enterprise, group="contact", defaults={"doubt": "短信退回", "doubted_at": AT}
    )

    assert not rated(enterprise).has_phone


def test_a_verified_stop_owes_nothing_and_has_no_tier(enterprise):
    Enterprise.objects.filter(pk=enterprise.pk).update(
        operating_status="suspended_self", stop_checked_until=TODAY + timedelta(days=30)
    )
    held = rated(enterprise)
    assert (held.owes, held.tier) == (False, None)

    # The next look is overdue: it counts again.
    assert rated(enterprise, on=TODAY + timedelta(days=31)).owes


def test_an_ended_enterprise_has_no_standing(enterprise):
    rated(enterprise)
    Enterprise.objects.filter(pk=enterprise.pk).update(operating_status="closed")

    rate(on=TODAY)

    assert not Standing.objects.filter(enterprise=enterprise).exists()


def test_the_last_inspection_is_kept_and_a_patrol_is_none(people, enterprise):
    finished(people, enterprise)

    assert rated(enterprise).inspected_on == TODAY


def test_an_upheld_doubt_takes_points(people, enterprise):
    accepted(people, enterprise)
    before = rated(enterprise).score
    Doubt.objects.create(
        enterprise=enterprise,
        kind="same_photo",
        key="1-2",
        state="upheld",
        state_since=AT,
        version=2,
        found_at=AT,
        seen_at=AT,
        decided_at=AT,
    )

    assert rated(enterprise).score == before - 10


def test_rating_twice_changes_nothing(people, enterprise):
    accepted(people, enterprise)
    assert rate(on=TODAY) > 0

    assert rate(on=TODAY) == 0
