"""What the matrix asks about doubts and standings: copied words at the enterprise of Dawang, and everybody rated."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from enterprises.models import Enterprise
from hazards.models import Hazard
from inspections.doubts.detection import Found
from inspections.doubts.services import raise_doubt
from inspections.figures.months import count_conduct
from inspections.models import ConductMonth, Doubt, Standing
from tests.people import AT

ONE_DOUBT = ("doubt", "explain_doubt", "uphold_doubt")
# The pages whose questions are counted, and who looks.
PAGES = {
    "inspections:conduct": "county",
    "inspections:standings": "town",
    "inspections:doubts": "town",
    "inspections:doubt": "town",
}
LISTS = {"inspections:standings", "inspections:doubts"}
KEYED = {"inspections:doubt"}


def copied(enterprise: Enterprise, hazards: list[int], at: Any = AT) -> Found:
    """What the statement about copied words gives."""
    given = {"what": "problem", "words": "灰斗法兰处积尘", "times": 3, "hazards": hazards}
    return Found(enterprise.pk, "problem-0123456789abcdef", localdate(at), 3, given)


def make(enterprise: Enterprise, hazard: Hazard, at: Any = AT) -> dict[str, Any]:
    """Raise a doubt, rate every enterprise and count the months."""
    count_conduct(at=at)
    return {"doubt": raise_doubt("copied_text", copied(enterprise, [hazard.pk], at), at=at)}


def addresses(doubt: Doubt) -> dict[str, dict[str, Any]]:
    """Return what the addresses are asked with."""
    return dict.fromkeys((f"inspections:{name}" for name in ONE_DOUBT), {"pk": doubt.pk})


def fill(world: Any, number: int) -> None:
    """Put many doubts and standings where there was one: the enterprises were made before."""
    found = copied(world.enterprise, list(Hazard.objects.values_list("pk", flat=True)[:number]))
    for serial in range(number):
        raise_doubt("copied_text", replace(found, key=f"problem-{serial}"), at=AT + timedelta(minutes=serial))
    Doubt.objects.filter(pk=world.doubt.pk).update(evidence=dict(found.evidence))
    count_conduct(at=AT)


def standing_of(world: Any, people: Any) -> Standing:
    """The standing of the enterprise of Dawang."""
    return world.enterprise.standing


def month_of(world: Any, people: Any) -> ConductMonth:
    """A month of Dawang."""
    return ConductMonth.objects.filter(region="370523101").first()
