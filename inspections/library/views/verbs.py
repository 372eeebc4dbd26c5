"""One page for each step of an edition."""

from inspections.library import services
from inspections.library.forms import EditionForm, ReasonForm, SubmitForm
from inspections.library.lifecycle import EDITION
from inspections.models import Edition
from lifecycle.views import verb_view

FORMS = {
    "submit_edition": SubmitForm,
    "return_edition": ReasonForm,
    "publish_edition": EditionForm,
    "withdraw_edition": ReasonForm,
}

VIEWS = {
    name: verb_view(EDITION, name, form_class=form, service=getattr(services, name), model=Edition)
    for name, form in FORMS.items()
}
