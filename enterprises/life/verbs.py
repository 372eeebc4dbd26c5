"""One page for each step in the life of a file: its form, then its service."""

from enterprises import services
from enterprises.life import forms
from enterprises.life.tables import ENTERPRISE, TRANSFER
from enterprises.models import Enterprise, Transfer
from lifecycle.views import verb_view

FORMS = {
    "start_trial": forms.TrialForm,
    "start_normal": forms.EvidenceForm,
    "ask_to_stop": forms.StopForm,
    "verify_stop": forms.VisitForm,
    "verify_season": forms.VisitForm,
    "refuse_stop": forms.ReasonForm,
    "withdraw_stop": forms.NoteForm,
    "recheck_stop": forms.VisitForm,
    "approve_resumption": forms.PaperForm,
    "resume": forms.EvidenceForm,
    "suspend_ordered": forms.OrderForm,
    "ask_transfer": forms.AskTransferForm,
    "withdraw_transfer": forms.NoteForm,
    "declare_lost": forms.VisitForm,
    "move_away": forms.ReasonedForm,
    "close": forms.ReasonedPaperForm,
    "deregister": forms.PaperForm,
    "revoke": forms.PaperForm,
    "reinstate": forms.ReasonedForm,
}
TRANSFER_FORMS = {
    "accept_transfer": forms.AcceptTransferForm,
    "refuse_transfer": forms.RefuseTransferForm,
}

VIEWS = {
    name: verb_view(ENTERPRISE, name, form_class=form, service=getattr(services, name), model=Enterprise)
    for name, form in FORMS.items()
}
TRANSFER_VIEWS = {
    name: verb_view(
        TRANSFER,
        name,
        form_class=form,
        service=getattr(services, name),
        model=Transfer,
        record_name="transfer",
        template="enterprises/decide_transfer.html",
    )
    for name, form in TRANSFER_FORMS.items()
}
