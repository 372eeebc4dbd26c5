"""The states of a doubt: raised by the clock, then looked into by a person. The list itself judges nobody."""

from django.utils.translation import gettext_lazy as _

from lifecycle.table import Lifecycle, State, Verb

DOUBT = Lifecycle(
    name="inspections.doubt",
    model="inspections.Doubt",
    initial="open",
    states=(
        State("open", _("To be looked into"), phase="1", deadline="inspections.look_into"),
        State("explained", _("Explained"), phase="done", deadline=None, terminal=True),
        State("upheld", _("Upheld"), phase="done", deadline=None, terminal=True),
        State("gone", _("No longer so"), phase="void", deadline=None, terminal=True),
    ),
    verbs=(
        Verb("raise_doubt", _("Raised a doubt"), (), "open", by_clock=True),
        Verb("explain_doubt", _("There is an explanation"), ("open",), "explained", needs_reason=True),
        Verb("uphold_doubt", _("The doubt is right"), ("open",), "upheld", needs_reason=True),
        Verb("drop_doubt", _("No longer so"), ("open",), "gone", by_clock=True),
    ),
)
