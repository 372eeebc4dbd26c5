"""Which clocks run in the life of a file. The numbers are platform defaults; none is law."""

from django.utils.translation import gettext_lazy as _

from deadlines.rules import Rule, Step
from enterprises.life.handover import REACH
from enterprises.life.tables import DECIDE, RECHECK, SEASON, VERIFY

TELL_COUNTY = (Step("county"),)

LIFE_RULES = [
    Rule(VERIFY, _("Look on site whether it has stopped"), parameter="STOP_VERIFY", ladder=TELL_COUNTY),
    Rule(RECHECK, _("Look on site again"), parameter="STOP_RECHECK", ladder=TELL_COUNTY),
    # Until the day that the enterprise planned; it is a calendar day and does not move off a holiday.
    Rule(SEASON, _("End of the seasonal stop"), ladder=TELL_COUNTY, moves_off_holiday=False),
    Rule(DECIDE, _("Answer the transfer of a file"), parameter="TRANSFER_DECIDE", ladder=(Step("city"),)),
    Rule(REACH, _("Reach the enterprise"), parameter="OFFICER_REACH", ladder=TELL_COUNTY),
]
