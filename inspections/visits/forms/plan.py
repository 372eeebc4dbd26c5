"""Planning a visit, or beginning one on the spot: kind, people and checklists that fit the person and the enterprise."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import EnforcementCertificate, Role, User
from accounts.selectors import people_holding
from accounts.services import fitting_posts
from deadlines.fields import day_field
from enterprises.models import Enterprise
from inspections.choices import Purpose, Trigger
from inspections.kinds import KINDS, Kind
from inspections.library.selectors import editions_for, editions_on
from inspections.visits.called import ELSEWHERE, planned_by
from inspections.visits.forms.common import FromDevice, moment_field, not_ahead
from inspections.visits.positions import Position
from rulebook.services import parameter

LEVELS = (9, 6, 4)


def goes_out(user: User) -> bool:
    """Say whether the person plans visits here at all; an enterprise begins its checks from its own list."""
    return bool(planned_by(user))


def kinds_for(user: User, enterprise: Enterprise, *, now: bool) -> list[Kind]:
    """Return the kinds that the person may plan here; with `now`, those they may carry out themselves."""
    roles = {post.role for post in fitting_posts(user, "inspections.plan_visit", enterprise)}
    return [
        kind
        for code, kind in KINDS.items()
        if code not in ELSEWHERE
        and kind.target == Purpose.ENTERPRISE
        and (kind.makers if now else kind.planned_by) & roles
    ]


def colleagues(user: User, enterprise: Enterprise, kinds: list[Kind], at: datetime) -> QuerySet[User]:
    """Return who can be asked to take part: officers of the place at every level, grid workers, experts."""
    roles = frozenset().union(*(kind.makers for kind in kinds), {Role.EXPERT})
    found = User.objects.none()
    for length in LEVELS:
        found |= people_holding(roles, enterprise.region_id[:length], at)
    if Role.GRID in roles and enterprise.grid_id:
        found |= User.objects.filter(post_set__role=Role.GRID, post_set__grid_code=enterprise.grid_id)
    found |= User.objects.filter(post_set__role__in=(Role.EXPERT, Role.AGENCY), is_active=True)
    return found.exclude(pk=user.pk).distinct().order_by("organisation", "name")


class PlanForm(forms.Form):
    """Plan a visit to an enterprise."""

    NOW = False
    MAIN = ("kind", "planned_on", "trigger", "occasion")

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect)
    planned_on = day_field(_("Planned for"))
    trigger = forms.ChoiceField(label=_("Why"), choices=Trigger.choices, initial=Trigger.PLAN)
    occasion = forms.CharField(
        label=_("Occasion"),
        max_length=200,
        required=False,
        help_text=_("Campaign, complaint or order behind it"),
    )
    people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Who takes part"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Two with a valid enforcement certificate for an inspection; you are one of them"),
    )
    editions = forms.ModelMultipleChoiceField(
        queryset=None, label=_("Checklists"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, user: User, at: datetime, enterprise: Enterprise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.at, self.enterprise = user, at, enterprise
        self.kinds = kinds_for(user, enterprise, now=self.NOW)
        self.fields["kind"].choices = [(kind.code, kind.label) for kind in self.kinds]
        self.fields["kind"].initial = self.kinds[0].code if self.kinds else None
        if "planned_on" in self.fields:
            self.fields["planned_on"].initial = localdate(at)
        self.offer_people()
        self.offer_checklists()

    def offer_people(self) -> None:
        """Offer colleagues of the own office in sight and others folded, with the certificates valid today."""
        field = self.fields["people"]
        if not any(kind.certified for kind in self.kinds):
            # Who only patrols is not told what an inspection wants.
            field.help_text = ""
        field.queryset = colleagues(self.user, self.enterprise, self.kinds, self.at).select_related(
            "organisation"
        )
        valid = EnforcementCertificate.objects.valid_on(localdate(self.at)).order_by("valid_to")
        self.certificates = dict(valid.values_list("user_id", "number"))
        everybody = list(field.queryset)
        for person in everybody:
            person.office = person.organisation.short_name if person.organisation else ""
            person.certificate = self.certificates.get(person.pk, "")
        own = self.user.organisation_id
        self.crew = [person for person in everybody if own and person.organisation_id == own]
        self.outsiders = [person for person in everybody if person not in self.crew]

    def offer_checklists(self) -> None:
        """Offer what is in use; what fits the enterprise comes first, and is what is seen without unfolding."""
        today = localdate(self.at)
        self.fitting = list(editions_for(self.enterprise, today).filter(state="published"))
        in_use = editions_on(today).filter(state="published")
        self.fields["editions"].queryset = in_use
        keys = {edition.pk for edition in self.fitting}
        self.others = [edition for edition in in_use if edition.pk not in keys]

    @property
    def named(self) -> set[str]:
        """The keys of the people who are ticked."""
        return {str(getattr(one, "pk", one)) for one in self["people"].value() or ()}

    @property
    def chosen(self) -> set[str]:
        """The keys of the checklists that are ticked."""
        return {str(getattr(one, "pk", one)) for one in self["editions"].value() or ()}

    def clean_planned_on(self) -> Any:
        """Refuse a day in the past."""
        day = self.cleaned_data["planned_on"]
        if day < localdate(self.at):
            raise ValidationError(_("The day lies in the past; choose today or a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse to plan what could never begin: nobody is added to a visit later (APL 42)."""
        cleaned = super().clean() or self.cleaned_data
        kind = KINDS.get(cleaned.get("kind", ""))
        if self.NOW or kind is None or not kind.certified or "people" not in cleaned:
            return cleaned
        today, place = localdate(self.at), self.enterprise.region_id
        wanted = int(parameter("OFFICERS_MIN", on=today, region=place).amount)
        going = [*cleaned["people"], *([self.user] if kind.makers & self.user.roles else [])]
        if sum(person.pk in self.certificates for person in going) < wanted:
            words = _(
                "At least %(n)d officers with a valid enforcement certificate.\nTick one more; none is added later."
            )
            raise ValidationError({"people": words % {"n": wanted}})
        return cleaned

    def about(self) -> dict[str, Any]:
        """Return what `plan_visit` takes."""
        names = ("kind", "planned_on", "trigger", "occasion", "people", "editions", "key")
        return {name: self.cleaned_data[name] for name in names}


class OpenForm(FromDevice, PlanForm):
    """Begin a visit on the spot."""

    NOW = True
    MAIN = ("kind",)
    MORE = ("trigger", "occasion", "started_at")

    planned_on = None
    started_at = moment_field(
        _("Begun at"), _("Leave empty for now; an earlier moment is marked as typed in later")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trigger"].initial = Trigger.SPOT

    def clean_started_at(self) -> datetime | None:
        """Refuse a moment in the future."""
        return not_ahead(self.cleaned_data["started_at"], self.at)

    def about(self) -> dict[str, Any]:
        """Return what `open_visit` takes."""
        names = ("kind", "trigger", "occasion", "people", "editions", "key", "started_at", "device_time")
        found: dict[str, Any] = {name: self.cleaned_data.get(name) for name in names}
        place: Position | None = self.position
        return {**found, "position": place}
