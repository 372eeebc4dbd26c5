"""Which clocks run on visits, lists, orders and patrols. Most numbers are platform defaults, kept in the rulebook."""

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
    Rule(
        "inspections.review_edition",
        _("Review a checklist"),
        parameter="CHECKLIST_REVIEW",
        ladder=TELL_CITY,
    ),
    Rule(
        "inspections.review_references",
        _("Review what refers to an amended article"),
        parameter="REFERENCE_REVIEW",
        ladder=TELL_CITY,
    ),
    Rule("inspections.carry_out", _("Carry it out as planned"), ladder=TELL_COUNTY),
    Rule(
        "inspections.finish",
        _("Finish it and say the result"),
        parameter="VISIT_FINISH",
        warn_before=(),
        ladder=TELL_COUNTY,
        # It counts from leaving the site: nobody tells the platform, but the last thing done there does.
        origin="inspections.visits.rules.last_done",
    ),
    Rule(
        "inspections.compose_list",
        _("Compose the self-check list"),
        parameter="SELFCHECK_COMPOSE",
        ladder=CLIMB,
    ),
    Rule(
        "inspections.accept_list",
        _("Accept or return the self-check list"),
        parameter="SELFCHECK_ACCEPT",
        ladder=TELL_COUNTY,
    ),
    Rule("inspections.self_check", _("Carry out the self-check"), ladder=CLIMB),
    Rule(
        "inspections.patrol",
        _("Patrol"),
        warn_before=(),
        ladder=(Step("grid"), Step("town")),
        moves_off_holiday=False,
        on_event="inspections.patrols.clock.hear_patrol_clock",
    ),
    Rule(
        "inspections.issue_order",
        _("Issue the order of the supervision"),
        parameter="ORDER_ISSUE",
        ladder=TELL_CITY,
    ),
    Rule("inspections.order_reply", _("Put right what the supervision found"), ladder=TELL_CITY),
    Rule(
        "inspections.order_review",
        _("Review the reply to the supervision"),
        parameter="ORDER_REVIEW",
        ladder=TELL_CITY,
    ),
    Rule("inspections.look_into", _("Look into a doubt"), parameter="DOUBT_LOOK", ladder=TELL_COUNTY),
]
