"""The clocks of a lamp."""

from deadlines.rules import Rule, Step

RULES = [
    Rule("lamps.order", "Order the repair", parameter="LAMP_ORDER", warn_before=((1, "workday"),)),
    Rule(
        "lamps.mend",
        "Mend the lamp",
        parameter="LAMP_MEND",
        warn_before=((3, "workday"),),
        ladder=(Step("town"), Step("county", (3, "day")), Step("city", parameter="LAMP_CLIMB_CITY")),
        on_event="tests.lifecycle.lamps.services.hear_clock",
    ),
    Rule("lamps.call", "Call the keeper", parameter="LAMP_CALL", warn_before=((30, "minute"), (1, "day"))),
    Rule("lamps.paint", "Paint the lamp", warn_before=(), moves_off_holiday=False),
]
