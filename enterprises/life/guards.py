"""What stands against a step in the life of a file, each with its sentence and its article."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enterprises.life.open_items import last_order, open_stop, open_transfer
from enterprises.models import Enterprise, StopKind, Transfer
from lifecycle.refusals import Refusal


def no_open_stop(enterprise: Enterprise, actor: User | None, at: datetime) -> Refusal | None:
    """One stop is asked for at a time."""
    if open_stop(enterprise) is None:
        return None
    return Refusal(_("A stop has been asked for already."), _("It waits for the look on site."), hides=True)


def stop_asked_for(enterprise: Enterprise, actor: User | None, at: datetime) -> Refusal | None:
    """There is only something to decide where a stop was asked for."""
    if open_stop(enterprise):
        return None
    return Refusal(
        _("No stop has been asked for."),
        _("The enterprise asks for it first; it takes effect after a look on site with photos."),
        hides=True,
    )


def asked_for_itself(enterprise: Enterprise, actor: User | None, at: datetime) -> Refusal | None:
    """A seasonal stop is confirmed as such."""
    return _asked_for(enterprise, StopKind.SELF)


def asked_for_season(enterprise: Enterprise, actor: User | None, at: datetime) -> Refusal | None:
    """A stop that is not seasonal is confirmed as such."""
    return _asked_for(enterprise, StopKind.SEASONAL)


def _asked_for(enterprise: Enterprise, kind: str) -> Refusal | None:
    request = open_stop(enterprise)
    if request and request.kind != kind:
        return Refusal(_("Another kind of stop was asked for."), hides=True)
    return None


def asked_by_another(enterprise: Enterprise, actor: User | None, at: datetime) -> Refusal | None:
    """Nobody confirms what they asked for themselves (handbook §18 row 1)."""
    request = open_stop(enterprise)
    if request and actor and request.asked_by_id == actor.pk:
        return Refusal(_("You asked for this stop."), _("Somebody else looks at it on site."))
    return None


def agreed_to_resume(enterprise: Enterprise, actor: User | None, at: datetime) -> Refusal | None:
    """After an order to stop, work resumes only with the agreement of the review (AWSL 65)."""
    if enterprise.state != "suspended_ordered":
        return None
    proof = last_order(enterprise)
    if proof and proof.verb == "approve_resumption":
        return None
    return Refusal(
        _("No agreement to resume is on file."),
        _("After an order to stop, production resumes only when the review on site agrees."),
        law="AWSL",
        article=65,
    )


def not_yet_agreed(enterprise: Enterprise, actor: User | None, at: datetime) -> Refusal | None:
    """One agreement is enough."""
    proof = last_order(enterprise)
    if proof and proof.verb == "approve_resumption":
        return Refusal(_("The agreement to resume is on file already."), hides=True)
    return None


def no_open_transfer(enterprise: Enterprise, actor: User | None, at: datetime) -> Refusal | None:
    """A file is offered to one district at a time."""
    if open_transfer(enterprise) is None:
        return None
    return Refusal(_("A transfer waits for the answer of the other district."), hides=True)


def transfer_asked(enterprise: Enterprise, actor: User | None, at: datetime) -> Refusal | None:
    """Only what was asked for can be taken back."""
    if open_transfer(enterprise):
        return None
    return Refusal(_("No transfer has been asked for."), hides=True)


def file_still_there(transfer: Transfer, actor: User | None, at: datetime) -> Refusal | None:
    """A file that has ended, or lies elsewhere meanwhile, is not taken over."""
    enterprise = transfer.enterprise
    if enterprise.is_ended:
        return Refusal(_("The enterprise has ended meanwhile."), _("Refuse the transfer with this reason."))
    if enterprise.region_id != transfer.from_region_id:
        return Refusal(_("The file lies elsewhere by now."), _("Refuse the transfer; it is asked for anew."))
    return None


def taken_by_another(transfer: Transfer, actor: User | None, at: datetime) -> Refusal | None:
    """Nobody takes over what they offered themselves."""
    if actor and transfer.asked_by_id == actor.pk:
        return Refusal(_("You offered this file."), _("Somebody else takes it over."))
    return None
