"""One page for each verb: its form, then its service."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from attachments.services import of
from hazards import services
from hazards.forms import governance
from hazards.forms import verbs as forms
from hazards.lifecycle import HAZARD
from hazards.models import Hazard, ListingExtension
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


def the_plan(hazard: Hazard) -> dict[str, Any]:
    """Show the newest draft of the plan."""
    return {"plan": hazard.plans.first()}


def the_request(hazard: Hazard) -> dict[str, Any]:
    """Show the request for more time."""
    return {"extension": hazard.extensions.filter(granted=None).first()}


def the_problem(hazard: Hazard) -> dict[str, Any]:
    """Show what was found and what was done about it, with the photos."""
    files = list(of(hazard))
    before, after = ([file for file in files if file.purpose == side] for side in ("before", "after"))
    return {"shows_facts": True, "before": before, "after": after}


def the_listing(hazard: Hazard) -> dict[str, Any]:
    """Show the request for a later day of the listing."""
    return {"longer": ListingExtension.objects.filter(listing__hazard=hazard, granted=None).first()}


# What is decided upon stands above the form.
SHOWN = {
    **dict.fromkeys(("approve_plan", "return_plan", "approve_change", "return_change"), the_plan),
    **dict.fromkeys(("grant_extension", "refuse_extension"), the_request),
    **dict.fromkeys(("accept_report", "confirm_major", "set_general", "mark_not_hazard"), the_problem),
    **dict.fromkeys(("accept_repair", "pass_sample", "return_for_work", "release"), the_problem),
    **dict.fromkeys(("grant_listing_extension", "refuse_listing_extension"), the_listing),
}


def view_of(name: str) -> Callable[..., HttpResponse]:
    """Return the view of a verb."""
    service, shown = getattr(services, name), SHOWN.get(name)
    page = {"template": "hazards/decide.html", "shown": shown} if shown else {}
    return verb_view(HAZARD, name, form_class=FORMS[name], service=service, model=Hazard, **page)


VIEWS = {name: view_of(name) for name in FORMS}
