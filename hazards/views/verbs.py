"""One page for each verb: its form, then its service."""

from hazards import services
from hazards.forms import governance
from hazards.forms import verbs as forms
from hazards.lifecycle import HAZARD
from hazards.models import Hazard
from lifecycle.views import verb_view

FORMS = {
    "accept_report": forms.AcceptReportForm,
    "confirm_major": forms.ConfirmMajorForm,
    "mark_not_hazard": forms.ReasonForm,
    "set_general": forms.ReasonForm,
    "submit_plan": forms.PlanForm,
    "approve_plan": forms.NoteForm,
    "return_plan": forms.ReasonForm,
    "close_by_enterprise": forms.RectificationForm,
    "submit_rectification": forms.RectificationForm,
    "apply_for_review": forms.RectificationForm,
    "request_extension": forms.ExtensionForm,
    "grant_extension": forms.GrantExtensionForm,
    "refuse_extension": forms.ReasonForm,
    "accept_repair": forms.NoteForm,
    "pass_sample": forms.NoteForm,
    "return_for_work": forms.ReturnForWorkForm,
    "record_site_review": forms.SiteReviewForm,
    "release": forms.NoteForm,
    "reopen": forms.ReopenForm,
    "list_for_supervision": forms.ListingForm,
    "delist": forms.ReasonForm,
    "report_progress": governance.ProgressForm,
    "change_plan": governance.ChangePlanForm,
    "approve_change": forms.NoteForm,
    "return_change": forms.ReasonForm,
    "record_opinion": governance.OpinionForm,
    "report_listing": forms.NoteForm,
    "publish_listing": governance.PublishForm,
    "publish_delisting": governance.JustDoIt,
    "ask_listing_extension": governance.AskListingForm,
    "grant_listing_extension": governance.GrantListingForm,
    "refuse_listing_extension": forms.ReasonForm,
    "urge": forms.NoteForm,
}

VIEWS = {
    name: verb_view(HAZARD, name, form_class=form, service=getattr(services, name), model=Hazard)
    for name, form in FORMS.items()
}
