"""Every model that lies somewhere: who is inside sees its row, who is outside does not, the city sees all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from accounts.models import Post, User
from analytics.models import Snapshot, StoredCount
from deadlines.models import Deadline, Extension, Suspension
from enterprises.ledgers import LEDGERS
from enterprises.models import (
    FactGroup,
    Handover,
    LegalRepIdentity,
    StatusProof,
    StopRequest,
    VerificationEvent,
)
from enterprises.services import change
from hazards.models import (
    ExpertOpinion,
    ExtensionRequest,
    GovernancePlan,
    Hazard,
    ListingExtension,
    ProgressReport,
    SiteReview,
    SupervisionListing,
)
from inspections import services
from inspections.models import Answer, Finding, Signature
from paperwork.models import ServiceReceipt
from regions.models import Grid, Region
from regions.querysets import RegionScopedQuerySet
from tests.factories.inbox import make_event
from tests.factories.ledgers import make_row
from tests.lifecycle.lamps.models import Lamp
from tests.matrix import of_figures
from tests.people import AT


@dataclass(frozen=True)
class Scoped:
    """How a row in Dawang is made, who sees it there, and who does not."""

    make: Callable[[Any, Any], Any]
    insiders: tuple[str, ...] = ("town", "county", "leader", "enterprise")
    outsiders: tuple[str, ...] = (
        "other_town",
        "other_county",
        "other_enterprise",
        "dept",
        "expert",
        "agency",
    )


def clock(world, people) -> Deadline:
    return Deadline.objects.of(world.hazard).get()


def extension_of_clock(world, people) -> Extension:
    due = clock(world, people).due_at
    return Extension.objects.create(
        deadline=clock(world, people),
        due_before=due,
        due_after=due + timedelta(days=1),
        at=AT,
        reason="等待配件",
    )


def suspension(world, people) -> Suspension:
    row = clock(world, people)
    return Suspension.objects.create(deadline=row, from_at=AT, reason="等待鉴定", due_before=row.due_at)


def plan(world, people) -> GovernancePlan:
    return GovernancePlan.objects.create(
        hazard=world.hazard, draft_no=1, funds=1, finish_on=date(2026, 4, 1), submitted_at=AT
    )


def extension_request(world, people) -> ExtensionRequest:
    days = {"old_deadline_on": date(2026, 3, 20), "requested_on": date(2026, 3, 25)}
    return ExtensionRequest.objects.create(hazard=world.hazard, asked_at=AT, **days)


def review(world, people) -> SiteReview:
    return SiteReview.objects.create(
        hazard=world.hazard, reviewed_on=date(2026, 3, 10), passed=True, recorded_at=AT
    )


def listing(world, people) -> SupervisionListing:
    return SupervisionListing.objects.create(
        hazard=world.hazard,
        level="county",
        listing_body=people.county.organisation,
        deadline_on=date(2026, 4, 1),
        listed_at=AT,
    )


def listing_extension(world, people) -> ListingExtension:
    days = {"old_deadline_on": date(2026, 4, 1), "requested_on": date(2026, 5, 1)}
    return ListingExtension.objects.create(listing=listing(world, people), asked_at=AT, **days)


def progress(world, people) -> ProgressReport:
    return ProgressReport.objects.create(hazard=world.hazard, percent=40, text="到货", reported_at=AT)


def opinion(world, people) -> ExpertOpinion:
    said = {"expert_name": "沈听澜", "given_on": AT.date(), "verdict": "agree", "opinion": "可行"}
    return ExpertOpinion.objects.create(hazard=world.hazard, recorded_at=AT, **said)


def receipt(world, people) -> ServiceReceipt:
    served = {"manner": "direct", "served_at": AT, "recipient": "陆春生"}
    return ServiceReceipt.objects.create(
        document=world.document, recorded_by=people.town, recorded_at=AT, **served
    )


def stored_count(world, people) -> StoredCount:
    snapshot = Snapshot.objects.create(taken_at=AT)
    return StoredCount.objects.create(
        snapshot=snapshot, kind="standing", grain="village", region_id=world.hazard.region_id
    )


def row_of_ledger(code, world, people) -> Any:
    return world.drill if code == "drills" else make_row(code, world.enterprise)


def stop_request(world, people) -> StopRequest:
    return StopRequest.objects.create(
        enterprise=world.enterprise, kind="self", stop_on=AT.date(), asked_by=people.enterprise, asked_at=AT
    )


def status_proof(world, people) -> StatusProof:
    return StatusProof.objects.create(
        enterprise=world.enterprise, verb="resume", status="normal", seen_on=AT.date(), at=AT
    )


def handover(world, people) -> Handover:
    return Handover.objects.create(
        enterprise=world.enterprise, leaver=people.enterprise, last_day=AT.date(), by=people.town, at=AT
    )


def answer(world, people) -> Answer:
    item = world.visit.editions.get().items.first().pk
    return services.answer(world.visit, item, result="pass", by=people.officer, at=AT)


def identity(world, people) -> LegalRepIdentity:
    number = "11010519491231002X"
    change(world.enterprise, facts={"legal_rep_id_no": number}, by=people.town, at=AT)
    return LegalRepIdentity.objects.get()


def finding(world, people) -> Finding:
    facts = {"place": "院内", "description": "堆放易燃物", "category": "fire"}
    return services.find_hazard(world.visit, facts=facts, by=people.officer, at=AT).finding


def signature(world, people) -> Signature:
    return services.sign(world.visit, side="party", name="陆春生", by=people.officer, at=AT)


WATCHERS = ("town", "county", "leader")
FILE_READERS = (*WATCHERS, "enterprise", "grid")
OTHERS = ("other_town", "other_county", "other_enterprise", "dept", "expert", "agency")
UNTOLD = (*OTHERS, "enterprise", "grid")
SCOPED = {
    "analytics.StoredCount": Scoped(stored_count, WATCHERS, (*OTHERS, "enterprise", "grid")),
    "regions.Grid": Scoped(lambda world, people: Grid.objects.get(), (*WATCHERS, "grid")),
    "deadlines.Deadline": Scoped(clock),
    "deadlines.Suspension": Scoped(suspension),
    "deadlines.Extension": Scoped(extension_of_clock),
    "deadlines.DeadlineEvent": Scoped(lambda world, people: make_event(clock(world, people))),
    "paperwork.IssuedDocument": Scoped(lambda world, people: world.document),
    "paperwork.ServiceReceipt": Scoped(receipt),
    # An SMS names a person's number, so an enterprise does not read the log.
    "inbox.Delivery": Scoped(lambda world, people: world.delivery, WATCHERS, (*OTHERS, "enterprise")),
    "enterprises.Enterprise": Scoped(
        lambda world, people: world.enterprise, (*WATCHERS, "enterprise", "grid")
    ),
    "enterprises.Registration": Scoped(
        lambda world, people: world.registration, WATCHERS, (*OTHERS, "enterprise", "grid")
    ),
    "enterprises.LegalRepIdentity": Scoped(identity),
    "enterprises.FactGroup": Scoped(
        lambda world, people: FactGroup.objects.get(enterprise=world.enterprise, group="contact"),
        FILE_READERS,
    ),
    "enterprises.VerificationEvent": Scoped(
        lambda world, people: VerificationEvent.objects.filter(enterprise=world.enterprise).first(),
        FILE_READERS,
    ),
    "enterprises.QualityScore": Scoped(lambda world, people: world.enterprise.quality, FILE_READERS),
    "enterprises.ChangeRequest": Scoped(lambda world, people: world.change_request, FILE_READERS),
    "enterprises.Conflict": Scoped(lambda world, people: world.conflict, FILE_READERS),
    **{
        f"enterprises.{ledger.model.__name__}": Scoped(
            partial(row_of_ledger, ledger.code), (*WATCHERS, "enterprise", "grid")
        )
        for ledger in LEDGERS
    },
    "enterprises.SourceUnit": Scoped(lambda world, people: world.source, (*WATCHERS, "enterprise", "grid")),
    "enterprises.SourceSubstance": Scoped(lambda world, people: world.source.substances.get()),
    "enterprises.SourceCalculation": Scoped(lambda world, people: world.source.calculations.get()),
    "enterprises.SourceCopy": Scoped(
        lambda world, people: world.copy,
        ("county", "leader", "officer", "legal"),
        ("town", "enterprise", "grid", "other_county", "dept", "expert"),
    ),
    "enterprises.StopRequest": Scoped(stop_request),
    "enterprises.StatusProof": Scoped(status_proof),
    "enterprises.Handover": Scoped(handover),
    "enterprises.MergeRecord": Scoped(lambda world, people: world.merge_record),
    # The receiving district sees it as well.
    "enterprises.Transfer": Scoped(
        lambda world, people: world.transfer,
        ("town", "county", "leader", "enterprise", "other_county"),
        ("other_town", "other_enterprise", "dept", "expert", "agency"),
    ),
    "hazards.Hazard": Scoped(lambda world, people: world.hazard, (*WATCHERS, "enterprise", "grid")),
    "hazards.GovernancePlan": Scoped(plan),
    "hazards.ExtensionRequest": Scoped(extension_request),
    "hazards.SiteReview": Scoped(review),
    "hazards.SupervisionListing": Scoped(listing),
    "hazards.ListingExtension": Scoped(listing_extension),
    "hazards.ProgressReport": Scoped(progress),
    "hazards.ExpertOpinion": Scoped(opinion),
    "inspections.GovernmentOrder": Scoped(
        lambda world, people: world.order, (*WATCHERS, "officer", "legal"), UNTOLD
    ),
    "inspections.GovernmentFinding": Scoped(
        lambda world, people: world.order.visit.government_findings.get(),
        (*WATCHERS, "officer", "legal"),
        UNTOLD,
    ),
    # The inspected side is told nothing before the end, and a grid worker sees no inspection.
    **{
        f"inspections.{name}": Scoped(make, (*WATCHERS, "officer", "legal"), UNTOLD)
        for name, make in {
            "Visit": lambda world, people: world.visit,
            "Participant": lambda world, people: world.visit.participants.first(),
            "Answer": answer,
            "Finding": finding,
            "Signature": signature,
        }.items()
    },
    "inspections.SelfCheckList": Scoped(lambda world, people: world.list_in_use, FILE_READERS),
    "inspections.SelfCheckLine": Scoped(lambda world, people: world.list_in_use.lines.first(), FILE_READERS),
    "inspections.PatrolRoute": Scoped(
        lambda world, people: world.stop.route, (*WATCHERS, "grid"), (*OTHERS, "enterprise")
    ),
    "inspections.PatrolStop": Scoped(
        lambda world, people: world.stop, (*WATCHERS, "grid"), (*OTHERS, "enterprise")
    ),
    "inspections.Doubt": Scoped(lambda world, people: world.doubt, (*WATCHERS, "officer", "legal"), UNTOLD),
    "inspections.Standing": Scoped(of_figures.standing_of, FILE_READERS),
    "inspections.ConductMonth": Scoped(of_figures.month_of, WATCHERS, UNTOLD),
    "lamps.Lamp": Scoped(
        lambda world, people: Lamp.objects.create(
            region_id="370523101", name="路灯", state="dark", state_since=AT
        ),
        WATCHERS,
    ),
}
# They answer `visible_to` by a rule of their own, tested in their app.
OWN_RULE = {
    "regions.Region",
    "accounts.Organisation",
    "inbox.Message",
    "audit.Entry",
    "inspections.CheckItem",
    "inspections.Checklist",
    "inspections.Edition",
}
CODES = {"city_code", "county_code", "town_code", "region_id"}


def scoped_models():
    return [
        model for model in apps.get_models() if isinstance(model._default_manager.all(), RegionScopedQuerySet)
    ]


def test_every_model_that_lies_somewhere_has_an_entry():
    assert {model._meta.label for model in scoped_models()} == set(SCOPED)


def test_a_model_with_a_place_is_scoped():
    placed = [
        model._meta.label
        for model in apps.get_models()
        if {field.attname for field in model._meta.concrete_fields} >= CODES
        and not hasattr(model._default_manager.all(), "visible_to")
        and not model._meta.label.endswith("Event")
    ]

    assert placed == []


def test_whatever_answers_visible_to_is_named_here():
    answering = {
        model._meta.label
        for model in apps.get_models()
        if not model._meta.proxy and hasattr(model._default_manager.all(), "visible_to")
    }

    assert answering - set(SCOPED) - OWN_RULE == set()


@pytest.mark.parametrize("label", sorted(SCOPED))
def test_insiders_see_the_row_and_outsiders_do_not(label, world, people):
    entry = SCOPED[label]
    row = entry.make(world, people)

    def sees(person: str) -> bool:
        return type(row)._default_manager.visible_to(getattr(people, person)).filter(pk=row.pk).exists()

    assert [person for person in (*entry.insiders, "city") if not sees(person)] == []
    assert [person for person in entry.outsiders if sees(person)] == []


@pytest.mark.parametrize("label", sorted(SCOPED))
def test_a_visitor_and_a_closed_account_see_no_row(label, world, people):
    row = SCOPED[label].make(world, people)
    people.city.is_active = False

    assert not type(row)._default_manager.visible_to(None).exists()
    assert not type(row)._default_manager.visible_to(people.city).exists()


def test_a_post_that_has_ended_shows_nothing(world, people):
    Post.objects.filter(user=people.county).update(to_on=timezone.localdate() - timedelta(days=1))
    today = User.objects.get(pk=people.county.pk)

    assert not Hazard.objects.visible_to(today).exists()


def test_divisions_are_named_to_everybody_but_offered_by_post(people):
    assert set(Region.objects.visible_to(people.town).values_list("pk", flat=True)) == {
        "370523101",
        "370523101001",
        "370523101200",
    }
