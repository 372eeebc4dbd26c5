"""Which clocks run on a hazard. The numbers stand in the rulebook; most are platform defaults, not law."""

from django.utils.translation import gettext_lazy as _

from deadlines.rules import Rule, Step

CLIMB = (
    Step("town"),
    Step("county", parameter="HAZARD_CLIMB_COUNTY"),
    Step("city", parameter="HAZARD_CLIMB_CITY"),
)
TELL_COUNTY = (Step("county"),)
TELL_CITY = (Step("city"),)

RULES = [
    Rule("hazards.accept", _("Accept the report"), parameter="HAZARD_ACCEPT", ladder=TELL_COUNTY),
    Rule("hazards.plan", _("Hand in the governance plan"), parameter="HAZARD_PLAN", ladder=TELL_COUNTY),
    Rule(
        "hazards.review_plan",
        _("Review the governance plan"),
        parameter="HAZARD_PLAN_REVIEW",
        ladder=TELL_CITY,
    ),
    Rule(
        "hazards.rectify",
        _("Rectify the hazard"),
        parameter=None,
        ladder=CLIMB,
        on_event="hazards.services.clock.hear_rectification_clock",
    ),
    Rule(
        "hazards.decide_extension",
        _("Answer the request for extension"),
        parameter="HAZARD_EXTENSION_DECIDE",
        ladder=TELL_COUNTY,
    ),
    Rule("hazards.verify", _("Verify the rectification"), parameter="REINSPECT", ladder=TELL_COUNTY),
    Rule("hazards.sample", _("Spot check the closed hazard"), parameter="HAZARD_SAMPLE", ladder=TELL_COUNTY),
    Rule(
        "hazards.progress",
        _("Report the progress of the governance"),
        parameter="HAZARD_WEEKLY_PROGRESS",
        warn_before=((1, "day"),),
        ladder=TELL_COUNTY,
        moves_off_holiday=False,
    ),
    Rule(
        "hazards.review_change",
        _("Review the change of the plan"),
        parameter="HAZARD_PLAN_REVIEW",
        ladder=TELL_CITY,
    ),
    Rule("hazards.listing", _("Remove the listed hazard"), parameter=None, ladder=TELL_CITY),
    Rule("hazards.publish_listing", _("Publish the listing"), parameter="LISTING_PUBLISH", ladder=TELL_CITY),
    Rule(
        "hazards.report_listing",
        _("Report the listing to the city"),
        parameter="LISTING_REPORT",
        ladder=TELL_CITY,
    ),
    Rule(
        "hazards.publish_delisting",
        _("Publish the delisting"),
        parameter="LISTING_PUBLISH_DELISTING",
        ladder=TELL_CITY,
    ),
    Rule(
        "hazards.decide_listing",
        _("Answer the request for a longer listing"),
        parameter="LISTING_EXTENSION_DECIDE",
        ladder=TELL_CITY,
    ),
    Rule("hazards.site_review", _("Review on site"), parameter="RESUME_REVIEW", ladder=TELL_CITY),
]
