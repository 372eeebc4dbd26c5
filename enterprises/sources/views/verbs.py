"""One page for each verb: its form, then its service."""

from enterprises.models import SourceUnit
from enterprises.sources import forms, services
from enterprises.sources.lifecycle import SOURCE
from lifecycle.views import verb_view

FORMS = {
    "recalculate_source": forms.SourceForm,
    "assess_source": forms.AssessForm,
    "add_source_material": forms.MaterialForm,
    "submit_source_filing": forms.NoteForm,
    "file_source": forms.FileForm,
    "return_source_filing": forms.ReasonForm,
    "request_source_cancel": forms.CancelForm,
    "grant_source_cancel": forms.NoteForm,
    "refuse_source_cancel": forms.ReasonForm,
}
TEMPLATES = {"recalculate_source": "enterprises/sources/recalculate.html"}

VIEWS = {
    name: verb_view(
        SOURCE,
        name,
        form_class=form,
        service=getattr(services, name),
        model=SourceUnit,
        record_name="unit",
        template=TEMPLATES.get(name, ""),
    )
    for name, form in FORMS.items()
}
