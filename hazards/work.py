"""What a hazard puts on whose work list, and the one next step of each row."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from accounts.models import Role, User
from deadlines.models import Deadline, DeadlineState
from hazards.models import Hazard, SupervisionListing
from inbox.worklist import WorkRow, WorkSource
from listings.columns import address

# rule → (what is to be done, the verb of the next step)
STEPS = {
    "hazards.accept": (gettext_noop("Accept a hazard report"), "accept_report"),
    "hazards.plan": (gettext_noop("Hand in the governance plan"), "submit_plan"),
    "hazards.review_plan": (gettext_noop("Review the governance plan"), "approve_plan"),
    "hazards.decide_extension": (gettext_noop("Answer a request for extension"), "grant_extension"),
    "hazards.verify": (gettext_noop("Verify the rectification"), "accept_repair"),
    "hazards.sample": (gettext_noop("Spot check"), "pass_sample"),
    "hazards.site_review": (gettext_noop("Review on site"), "record_site_review"),
    "hazards.progress": (gettext_noop("Report the progress of the governance"), "report_progress"),
    "hazards.review_change": (gettext_noop("Review the change of the plan"), "approve_change"),
    "hazards.publish_listing": (gettext_noop("Publish the listing"), "publish_listing"),
    "hazards.report_listing": (gettext_noop("Report the listing to the city"), "report_listing"),
    "hazards.publish_delisting": (gettext_noop("Publish the delisting"), "publish_delisting"),
    "hazards.decide_listing": (
        gettext_noop("Answer a request for a longer listing"),
        "grant_listing_extension",
    ),
}
NEXT = {
    "accept_report": gettext_lazy("Accept"),
    "submit_plan": gettext_lazy("Hand in"),
    "approve_plan": gettext_lazy("Review"),
    "grant_extension": gettext_lazy("Answer"),
    "accept_repair": gettext_lazy("Verify"),
    "pass_sample": gettext_lazy("Check"),
    "record_site_review": gettext_lazy("Record the review"),
    "submit_rectification": gettext_lazy("Hand in"),
    "close_by_enterprise": gettext_lazy("Rectified, close"),
    "apply_for_review": gettext_lazy("Apply for review"),
    "report_progress": gettext_lazy("Report"),
    "approve_change": gettext_lazy("Review"),
    "publish_listing": gettext_lazy("Publish"),
    "report_listing": gettext_lazy("Report"),
    "publish_delisting": gettext_lazy("Publish"),
    "grant_listing_extension": gettext_lazy("Answer"),
    "urge": gettext_lazy("Urge"),
}


def row(hazard: Hazard, label: str, verb: str) -> WorkRow:
    """Return the line of a hazard."""
    why = " · ".join(part for part in (hazard.description, hazard.get_grade_display(), hazard.number) if part)
    return WorkRow(
        label=label,
        party=hazard.enterprise.name,
        why=why,
        place=hazard.region.name,
        url=address("hazards:detail", hazard.pk),
        next_label=NEXT[verb],
        next_url=address(f"hazards:{verb}", hazard.pk),
        verb=verb,
    )


def step_row(deadline: Deadline, hazard: Hazard, user: User) -> WorkRow:
    """A step that the state of the hazard asks for."""
    label, verb = STEPS[deadline.rule]
    if deadline.rule == "hazards.accept" and hazard.is_major:
        return WorkRow(
            label=_("Confirm a major hazard"),
            party=hazard.enterprise.name,
            why=f"{hazard.description} · {hazard.number}",
            place=hazard.region.name,
            url=address("hazards:detail", hazard.pk),
            next_label=_("Confirm"),
            next_url=address("hazards:confirm_major", hazard.pk),
            verb="confirm_major",
        )
    return row(hazard, _(label), verb)


def rectify_row(deadline: Deadline, hazard: Hazard, user: User) -> WorkRow:
    """The enterprise's own duty: to rectify."""
    own = hazard.source in {"self_check", "employee"} and hazard.level_in_charge == "town"
    verb = "apply_for_review" if hazard.is_major else "close_by_enterprise" if own else "submit_rectification"
    return row(hazard, _("Rectify a hazard"), verb)


def overdue_row(deadline: Deadline, hazard: Hazard, user: User) -> WorkRow:
    """The regulator's duty when the day has passed: to press."""
    return row(hazard, _("Press an overdue hazard"), "urge")


def in_hands_of(level: str) -> Callable[[QuerySet], QuerySet]:
    """Return the filter that keeps deadlines of hazards in the hands of a level."""

    def narrow(deadlines: QuerySet) -> QuerySet:
        # Only what is open has a running deadline; without saying so, millions of rows would be read.
        held = Hazard.objects.open().filter(level_in_charge=level).values("pk")
        return deadlines.filter(target_id__in=held)

    return narrow


def overdue_in_hands_of(level: str) -> Callable[[QuerySet], QuerySet]:
    """Return the filter that keeps lapsed rectifications in the hands of a level."""

    def narrow(deadlines: QuerySet) -> QuerySet:
        # The state first: PostgreSQL checks them in this order, and nearly all that run have not lapsed.
        return in_hands_of(level)(deadlines.filter(state=DeadlineState.BREACHED))

    return narrow


def listed_by(*levels: str) -> Callable[[QuerySet], QuerySet]:
    """Return the filter that keeps deadlines of hazards that these levels list; also of those removed since."""

    def narrow(deadlines: QuerySet) -> QuerySet:
        listings = SupervisionListing.objects.filter(level__in=levels)
        return deadlines.filter(target_id__in=listings.values("hazard"))

    return narrow


RELATED = ("enterprise", "region")
READS = (
    "number",
    "description",
    "grade",
    "source",
    "level_in_charge",
    "enterprise__name",
    "region__name",
)
TOWN_STEPS = ("hazards.accept", "hazards.verify", "hazards.sample", "hazards.decide_extension")
COUNTY_STEPS = (*TOWN_STEPS, "hazards.review_plan", "hazards.review_change", "hazards.site_review")
OF_LISTINGS = ("hazards.publish_listing", "hazards.publish_delisting", "hazards.decide_listing")


def source(
    rules: tuple[str, ...], roles: tuple[str, ...], make: Callable[..., Any], narrow: Any = None
) -> WorkSource:
    """Return a work source of hazards; most of what runs in a city are rectifications."""
    return WorkSource(
        rules=rules,
        roles=roles,
        row=make,
        related=RELATED,
        reads=READS,
        narrow=narrow,
        often="hazards.rectify" in rules,
    )


WORK = [
    source(("hazards.rectify",), (Role.ENTERPRISE,), rectify_row),
    source(("hazards.plan", "hazards.progress"), (Role.ENTERPRISE,), step_row),
    source(
        (*OF_LISTINGS, "hazards.report_listing"),
        (Role.COUNTY, Role.LEADER),
        step_row,
        listed_by("county", "town"),
    ),
    source(OF_LISTINGS, (Role.CITY,), step_row, listed_by("city", "province")),
    source(TOWN_STEPS, (Role.TOWN,), step_row, in_hands_of("town")),
    source(("hazards.rectify",), (Role.TOWN,), overdue_row, overdue_in_hands_of("town")),
    source(COUNTY_STEPS, (Role.COUNTY, Role.LEADER), step_row, in_hands_of("county")),
    source(("hazards.rectify",), (Role.COUNTY,), overdue_row, overdue_in_hands_of("county")),
    source(COUNTY_STEPS, (Role.CITY,), step_row, in_hands_of("city")),
    source(("hazards.rectify",), (Role.CITY,), overdue_row, overdue_in_hands_of("city")),
]
