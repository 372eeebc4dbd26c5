"""The refusals that every table shares: already done, changed meanwhile, not in this state; with who and when."""

from typing import Any, NoReturn

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lifecycle.models import StateChange
from lifecycle.refusals import AlreadyDone, Refusal, StaleForm, WrongState
from lifecycle.table import Lifecycle, Verb


def already_done(verb: Verb, row: Any, seen: int | None) -> None:
    """Raise AlreadyDone if this verb was done after the version that the person saw, or was the last one.

    This is what a double click meets, and a person whose colleague was first.
    """
    last = (
        _changes(row).filter(verb=verb.name, version__gt=seen).first()
        if seen is not None
        else last_change(row)
    )
    if last is None or last.verb != verb.name:
        return
    sentence = _("Already done: %(who)s, %(when)s, “%(verb)s”.")
    raise AlreadyDone(Refusal(sentence % {**_who_and_when(last), "verb": verb.named(row).label}))


def stale_form(row: Any) -> NoReturn:
    """Raise StaleForm, and say who changed the record."""
    last = last_change(row)
    sentence = _("This record was changed after you opened the page.")
    if last is not None:
        sentence = _("%(who)s changed this record at %(when)s, after you opened the page.") % _who_and_when(
            last
        )
    raise StaleForm(Refusal(sentence, _("Look at it again, then decide.")))


def wrong_state(lifecycle: Lifecycle, verb: Verb, row: Any) -> NoReturn:
    """Raise WrongState, and say in which state the record is."""
    names = {"state": lifecycle.state(row.state).label, "verb": verb.named(row).label}
    raise WrongState(
        Refusal(_("The record is in the state “%(state)s”; “%(verb)s” cannot be done now.") % names)
    )


def last_change(row: Any) -> StateChange | None:
    """Return the record's last move."""
    return _changes(row).first()


def _changes(row: Any) -> QuerySet[StateChange]:
    kind = ContentType.objects.get_for_model(row)
    return StateChange.objects.filter(target_type=kind, target_id=row.pk).select_related("by").order_by("-id")


def _who_and_when(change: StateChange) -> dict[str, str]:
    at = timezone.localtime(change.at)
    who = change.by.name if change.by else _("the system")
    return {"who": who, "when": date_format(at, "Y-m-d H:i")}
