"""Notices of the market regulator: the list, one notice, and what a person does with it."""

from typing import Any

import django_filters as filters
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from enterprises import services
from enterprises.models import Enterprise, Registration, RegistrationKind, Waiting
from enterprises.places import PlaceFilter
from enterprises.registration_forms import PutAsideForm, changed, decision_form
from enterprises.registrations import REGISTRATION, differences
from lifecycle.views import verb_view
from listings.columns import Column, display, linked
from listings.pages import ListPage, Preset
from regions.selectors import names_of

STATES = [(state.code, state.label) for state in REGISTRATION.states]


class RegistrationFilter(filters.FilterSet):
    """State, kind of notice, why it waits, day and place."""

    state = filters.MultipleChoiceFilter(label=_("State"), choices=STATES)
    kind = filters.MultipleChoiceFilter(label=_("Notice"), choices=RegistrationKind.choices)
    why = filters.MultipleChoiceFilter(label=_("Needs a person because"), choices=Waiting.choices)
    county = PlaceFilter(label=_("County or district"), field_name="county_code")
    town = PlaceFilter(label=_("Town or street"), field_name="town_code")

    class Meta:
        model = Registration
        fields: list[str] = []


class RegistrationList(ListPage):
    """Notices of the market regulator, the newest first."""

    key = "enterprises.registrations"
    title = _("Notices of the registry")
    model = Registration
    filter_class = RegistrationFilter
    search_label = _("Name or code")
    default_sort = "-received_at"
    export_name = "registrations"
    empty_text = _("No notice here")
    columns = (
        Column("name", _("Enterprise name"), "name", html=linked("enterprises:registration"), css="sw-what"),
        Column("uscc", _("Code"), "uscc", css="sw-id"),
        Column("kind", _("Notice"), display("kind"), css="sw-nowrap"),
        Column("state", _("State"), lambda row: REGISTRATION.state(row.state).label, css="sw-nowrap"),
        Column("why", _("Needs a person because"), display("why")),
        Column("place", _("Division"), lambda row: row.place_name, css="sw-nowrap"),
        Column("event", _("Day at the registry"), "event_on", css="sw-nowrap sw-desk"),
        Column("received", _("Received"), "received_at", sort="received_at", css="sw-nowrap"),
        Column("number", _("Number at the sender"), "notice_no", default=False),
    )
    presets = (
        Preset("waiting", _("Needs a person"), {"state": "waiting"}),
        Preset("endings", _("Endings"), {"kind": ["deregister", "revoke"], "state": "waiting"}),
        Preset("all", _("All"), {}),
    )

    def with_relations(self, rows: QuerySet) -> QuerySet:
        """Leave out the long text, which no column shows."""
        return rows.defer("business_scope", "search_text")

    def prepare(self, rows: list[Any]) -> None:
        """Name the divisions of all rows at once."""
        names = names_of({row.region_id for row in rows})
        for row in rows:
            row.place_name = names.get(row.region_id, "")


@login_required
@require_GET
def registration(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one notice beside the file it speaks of."""
    rows = Registration.objects.visible_to(request.user)
    notice = get_object_or_404(rows.select_related("organisation", "region", "enterprise"), pk=pk)
    enterprise = notice.file()
    seen = enterprise and Enterprise.objects.visible_to(request.user).filter(pk=enterprise.pk).exists()
    context = {
        "notice": notice,
        "enterprise": enterprise if seen else None,
        "differences": [changed(name, *pair) for name, pair in differences(notice, enterprise).items()]
        if seen
        else [],
        "facts": [
            (notice._meta.get_field(name).verbose_name, shown(notice, name))
            for name in SHOWN
            if getattr(notice, name) not in ("", None)
        ],
    }
    return render(request, "enterprises/registration.html", context)


SHOWN = (
    "uscc",
    "event_on",
    "notice_no",
    "organisation",
    "legal_rep_name",
    "registered_address",
    "enterprise_type",
    "registered_capital",
    "established_on",
    "industry_code",
    "business_scope",
)


def shown(notice: Registration, name: str) -> Any:
    """Return a fact of the notice in words."""
    words = getattr(notice, f"get_{name}_display", None)
    return words() if words else getattr(notice, name)


FORMS = {"accept_registration": decision_form, "dismiss_registration": PutAsideForm}
VERBS = {
    name: verb_view(
        REGISTRATION,
        name,
        form_class=form,
        service=getattr(services, name),
        model=Registration,
        record_name="registration",
    )
    for name, form in FORMS.items()
}
