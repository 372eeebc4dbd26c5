"""A hazard for every step: the state in which the step's page shows its form, reached by the services."""

from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO

from django.core.management import call_command

from enterprises.models import Enterprise
from hazards import services
from hazards.lifecycle import HAZARD
from hazards.models import Hazard, MajorHazardCriterion
from lifecycle.services import perform
from tests.factories.hazards import make_photo, rectifying, reported
from tests.factories.inspections import certify
from tests.hazards.test_major_loop import LISTING, PLAN, REVIEW
from tests.people import People


@dataclass(frozen=True)
class Scenes:
    """Makes the hazards of one enterprise."""

    people: People
    enterprise: Enterprise
    at: datetime

    def after_photo(self) -> list[int]:
        """A photo that shows the rectification."""
        return [make_photo(self.people.enterprise, purpose="after")]

    def reported(self) -> Hazard:
        """Waits for acceptance."""
        return reported(self.enterprise, self.people.enterprise)

    def claimed_major(self) -> Hazard:
        """Reported as major, not confirmed."""
        return reported(self.enterprise, self.people.town, source="inspection", grade="major")

    def rectifying(self) -> Hazard:
        """A general one that is being rectified."""
        return rectifying(self.people, self.enterprise)

    def asking_for_time(self) -> Hazard:
        """A general one whose enterprise asks for a later day."""
        return services.request_extension(
            self.rectifying(),
            requested_on=date(2026, 4, 1),
            reason="备件未到",
            interim_control="停用设备",
            by=self.people.enterprise,
            at=self.at,
        )

    def verifying(self) -> Hazard:
        """A general one that the enterprise says is rectified."""
        return services.submit_rectification(
            self.rectifying(), text="已清扫", photos=self.after_photo(), by=self.people.enterprise, at=self.at
        )

    def closed(self) -> Hazard:
        """A general one that is over."""
        return services.accept_repair(self.verifying(), by=self.people.town, at=self.at)

    def sampled(self) -> Hazard:
        """A general one that the clock drew for a spot check."""
        with perform(HAZARD, "draw_sample", self.closed(), by=None, at=self.at) as row:
            row.closed_at = None
        return row

    def plan_due(self) -> Hazard:
        """A major one, confirmed by a criterion."""
        call_command("load_criteria", verbosity=0, stdout=StringIO())
        criterion = MajorHazardCriterion.objects.get(clause="第十一条第（三）项")
        return services.confirm_major(
            self.claimed_major(), criterion=criterion, by=self.people.county, at=self.at
        )

    def plan_submitted(self) -> Hazard:
        """A major one whose plan waits for approval, after a first draft that was returned."""
        first = services.submit_plan(self.plan_due(), plan=PLAN, by=self.people.enterprise, at=self.at)
        back = services.return_plan(first, reason="资金来源不明", by=self.people.county, at=self.at)
        return services.submit_plan(back, plan=PLAN, by=self.people.enterprise, at=self.at)

    def major_rectifying(self) -> Hazard:
        """A major one with an approved plan."""
        return services.approve_plan(self.plan_submitted(), by=self.people.leader, at=self.at)

    def listed(self) -> Hazard:
        """A major one under supervision listing."""
        return services.list_for_supervision(
            self.major_rectifying(), listing=LISTING, by=self.people.leader, at=self.at
        )

    def change_waiting(self) -> Hazard:
        """A major one whose enterprise wants to change the plan."""
        return services.change_plan(
            self.major_rectifying(), reason="供货困难", plan=PLAN, by=self.people.enterprise, at=self.at
        )

    def longer_listing(self) -> Hazard:
        """Listed, and the enterprise asks for a later day."""
        return services.ask_listing_extension(
            self.listed(),
            requested_on=date(2026, 6, 1),
            reason="设备进口周期长",
            by=self.people.enterprise,
            at=self.at,
        )

    def delisted(self) -> Hazard:
        """Published, removed and off the list."""
        hazard = services.release(self.reviewed_and_published(), by=self.people.leader, at=self.at)
        return services.delist(hazard, reason="已消除", by=self.people.county, at=self.at)

    def reviewed_and_published(self) -> Hazard:
        """Listed and published, reviewed on site."""
        return services.publish_listing(
            self.reviewed(), public_text="未设置泄爆装置", by=self.people.county, at=self.at
        )

    def site_review(self) -> Hazard:
        """A major one that waits for the review on site."""
        certify(self.people.officer, self.people.second_officer)
        return services.apply_for_review(
            self.listed(),
            text="自行验收合格",
            photos=self.after_photo(),
            by=self.people.enterprise,
            at=self.at,
        )

    def reviewed(self) -> Hazard:
        """A major one whose review on site has passed."""
        officers = [self.people.officer, self.people.second_officer]
        return services.record_site_review(
            self.site_review(), review=REVIEW, officers=officers, by=self.people.county, at=self.at
        )

    def released(self) -> Hazard:
        """A major one that is over, still on the list."""
        return services.release(self.reviewed(), by=self.people.leader, at=self.at)
