"""One page for each step of a self-check list."""

from inspections.models import SelfCheckList
from inspections.self_checks import services
from inspections.self_checks.forms import ListForm, ReturnForm, SubmitForm
from inspections.self_checks.lifecycle import SELF_CHECK_LIST
from lifecycle.views import verb_view

FORMS = {"submit_list": SubmitForm, "accept_list": ListForm, "return_list": ReturnForm}

VIEWS = {
    name: verb_view(
        SELF_CHECK_LIST, name, form_class=form, service=getattr(services, name), model=SelfCheckList
    )
    for name, form in FORMS.items()
}
