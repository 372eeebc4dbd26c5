"""Which visits of the year stand against the cap, for any mixture of them."""

from dataclasses import dataclass, replace
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Organisation
from inspections.choices import OUTSIDE_CAP, Trigger
from inspections.kinds import VisitKind
from inspections.models import Visit
from inspections.visits.cap import beyond_cap
from tests.factories.figures import moment
from tests.people import make_organisation

pytestmark = pytest.mark.django_db
CAP = 4
COUNTED_KINDS = {"inspection", "joint"}
BEGUN = ("under_way", "finished")
NOW = moment(2026, 3, 10)
_serial = count(1)


@dataclass(frozen=True)
class Earlier:
    """A visit to the enterprise, as far as the cap asks."""

    kind: str
    state: str
    trigger: str
    started_at: object
    by_another: bool

    @property
    def counts(self) -> bool:
        """An inspection of this authority, begun this year by the local calendar, and for no case."""
        return (
            self.kind in COUNTED_KINDS
            and self.state in BEGUN
            and self.trigger not in OUTSIDE_CAP
            and moment(2026, 1, 1, 0) <= self.started_at < moment(2027, 1, 1, 0)
            and not self.by_another
        )


inspection = Earlier("inspection", "finished", "plan", moment(2026, 3, 1), by_another=False)
# The last minute of a year lies in the next one by UTC, and the first hours of one in the last.
BORDERS = [
    moment(2025, 3, 1),
    moment(2025, 12, 31, 23, 59),
    moment(2026, 1, 1, 0, 0),
    moment(2026, 1, 1, 7, 59),
]
# Each differs from an inspection that counts in one thing, so that this thing decides.
another = st.one_of(
    st.builds(
        replace, st.just(inspection), kind=st.sampled_from(sorted({*VisitKind.values} - {"supervision"}))
    ),
    st.builds(replace, st.just(inspection), state=st.sampled_from(["planned", *BEGUN, "cancelled"])),
    st.builds(replace, st.just(inspection), trigger=st.sampled_from(Trigger.values)),
    st.builds(replace, st.just(inspection), started_at=st.sampled_from(BORDERS)),
    st.builds(replace, st.just(inspection), by_another=st.booleans()),
)


@pytest.fixture
def authorities(places) -> tuple[Organisation, Organisation]:
    return (
        make_organisation("广饶县应急管理局", "370523", "bureau", "广"),
        make_organisation("东营市应急管理局", "3705", "bureau", "东"),
    )


def row(enterprise, organisation, said: Earlier) -> Visit:
    return Visit(
        number=f"JC-{next(_serial)}",
        kind=said.kind,
        trigger=said.trigger,
        enterprise=enterprise,
        region_id=enterprise.region_id,
        organisation=organisation,
        state=said.state,
        state_since=said.started_at,
        version=1,
        started_at=None if said.state == "planned" else said.started_at,
        created_at=said.started_at,
    )


def reached(enterprise, authorities, several: list[Earlier], **planned) -> tuple[int, int] | None:
    """Say what an inspection planned after these is told: how many there were, and the cap; nothing stays behind."""
    own, other = authorities
    with transaction.atomic():
        Visit.objects.bulk_create(
            [row(enterprise, other if said.by_another else own, said) for said in several]
        )
        visit = row(enterprise, own, Earlier("inspection", "planned", "plan", NOW, by_another=False))
        for name, value in planned.items():
            setattr(visit, name, value)
        visit.save()
        told = beyond_cap(visit, NOW)
        transaction.set_rollback(True)
    return told and (told.used, told.cap)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(another, max_size=3))
def test_the_cap_counts_what_the_law_counts(enterprise, authorities, more):
    several = [inspection] * (CAP - 1) + more
    n = sum(said.counts for said in several)

    assert reached(enterprise, authorities, several) == ((n, CAP) if n >= CAP else None)


@pytest.mark.parametrize("number", [CAP - 1, CAP])
def test_the_cap_is_reached_with_the_fourth(enterprise, authorities, number):
    told = reached(enterprise, authorities, [inspection] * number)

    assert told == ((CAP, CAP) if number == CAP else None)


@pytest.mark.parametrize(
    "planned",
    [{"kind": "enforcement"}, {"kind": "grid_patrol"}, {"trigger": "complaint"}, {"trigger": "follow_up"}],
)
def test_what_stands_outside_the_cap_is_told_nothing(enterprise, authorities, planned):
    assert reached(enterprise, authorities, [inspection] * 6, **planned) is None
