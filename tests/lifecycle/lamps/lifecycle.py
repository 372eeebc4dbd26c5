"""The states of a lamp and the verbs that move it."""

from datetime import datetime
from typing import Any

from lifecycle.table import Lifecycle, Refusal, State, Verb


def has_the_part(lamp: Any, actor: Any, at: datetime) -> Refusal | None:
    """A lamp is mended with the part that it lacks."""
    if lamp.has_part:
        return None
    return Refusal("The part is not there.", "A lamp is mended with its own part.", law="LAMP", article=3)


LAMP = Lifecycle(
    name="lamps.lamp",
    model="lamps.Lamp",
    initial="dark",
    states=(
        State("dark", "Dark", "0", deadline="lamps.order"),
        State("ordered", "Repair ordered", "2", deadline="lamps.mend"),
        State("waiting", "Waiting for a part", "pause", deadline=None),
        State("lit", "Lit", "done", terminal=True),
        State("given_up", "Given up", "void", terminal=True),
    ),
    verbs=(
        Verb("report", "Report", (), "dark", label_done="reported"),
        Verb(
            "order_repair",
            "Order the repair",
            ("dark",),
            "ordered",
            primary=True,
            label_done="repair ordered",
            otherwise="give_up",
        ),
        Verb("mend", "Mend", ("ordered",), "lit", guards=(has_the_part,), primary=True),
        Verb("wait_for_part", "Wait for a part", ("ordered",), "waiting", keeps=("lamps.mend",)),
        Verb("part_came", "The part came", ("waiting",), "ordered"),
        Verb("remark", "Remark", ("dark", "ordered"), None),
        Verb("give_up", "Give up", ("dark", "ordered", "waiting"), "given_up", needs_reason=True),
        Verb("relight", "Dark again", ("lit",), "ordered"),
        Verb("climb", "Climb", ("dark", "ordered", "waiting"), None, by_clock=True),
    ),
)

LIFECYCLES = [LAMP]
