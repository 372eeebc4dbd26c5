"""Which clocks run on a major hazard source."""

from django.utils.translation import gettext_lazy as _

from deadlines.calendar import Unit
from deadlines.rules import Rule, Step
from enterprises.sources.copies.work import COPY_RULES

TELL_COUNTY = (Step("county"),)
TELL_CITY = (Step("city"),)

SOURCE_RULES = [
    *COPY_RULES,
    Rule(
        "enterprises.source_assess",
        _("Have the major hazard source assessed"),
        parameter="MHS_ASSESS",
        ladder=TELL_COUNTY,
    ),
    Rule(
        "enterprises.source_file",
        _("File the major hazard source"),
        parameter="MHS_FILE",
        ladder=TELL_COUNTY,
    ),
    Rule(
        "enterprises.source_review",
        _("Review the filing"),
        parameter="MHS_FILE_REVIEW",
        ladder=TELL_CITY,
    ),
    Rule(
        "enterprises.source_reassess",
        _("Assess the major hazard source anew"),
        parameter="MHS_REASSESS",
        warn_before=((90, Unit.DAY), (30, Unit.DAY)),
        ladder=TELL_COUNTY,
        moves_off_holiday=False,
        on_event="enterprises.sources.services.clock.hear_reassessment_clock",
    ),
    Rule(
        "enterprises.source_cancel",
        _("Decide on the deregistration"),
        parameter="MHS_CANCEL",
        ladder=TELL_CITY,
    ),
]
