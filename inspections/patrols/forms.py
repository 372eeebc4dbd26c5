"""The forms of patrol routes, and of a patrol that begins."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Post, Role, User
from inspections.kinds import VisitKind
from inspections.library.selectors import editions_for
from inspections.models import Edition, PatrolRoute, PatrolStop
from inspections.self_checks.forms import BeginForm
from regions.models import Grid, Region, RegionLevel

GOING_ROUND = {VisitKind.GRID_PATROL: Role.GRID, VisitKind.GOVERNMENT_PATROL: Role.TOWN}


def grids_without(user: User) -> QuerySet[Grid]:
    """Return the grids in the person's area that have no route yet."""
    taken = PatrolRoute.objects.filter(is_active=True, kind=VisitKind.GRID_PATROL).exclude(grid=None)
    return (
        within(Grid.objects.all(), user, "region__code").exclude(pk__in=taken.values("grid")).order_by("pk")
    )


def towns_of(user: User) -> QuerySet[Region]:
    """Return the towns in the person's area."""
    return within(Region.objects.filter(level=RegionLevel.TOWN), user, "code").order_by("code")


def within(rows: QuerySet, user: User, field: str) -> QuerySet:
    """Keep the rows whose division lies in one where the person keeps routes."""
    found = rows.none()
    for post in user.posts:
        if post.role in (Role.COUNTY, Role.TOWN) and post.region_id:
            found |= rows.filter(**{f"{field}__startswith": post.region_id})
    return found


def workers(route: PatrolRoute | None, user: User, on: Any) -> QuerySet[User]:
    """Return who may go round: grid workers and town officers of the person's area, or of the route's own ground."""
    posts = within(Post.objects.on(on).filter(role__in=(Role.GRID, Role.TOWN)), user, "region__code")
    if route is not None:
        posts = posts.filter(role=GOING_ROUND[route.kind])
        if route.grid_id:
            posts = posts.filter(grid_code=route.grid_id)
    return User.objects.filter(is_active=True, pk__in=posts.values("user_id")).order_by("name", "pk")


class RouteForm(forms.Form):
    """The name of a route, and who goes round."""

    name = forms.CharField(label=_("Name"), max_length=80)
    worker = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Goes round"),
        required=False,
        empty_label=_("whoever holds the post"),
        widget=forms.Select(attrs={"data-pick": ""}),
    )

    def __init__(
        self, data: Any = None, *, user: User, at: datetime, route: PatrolRoute | None = None
    ) -> None:
        super().__init__(data)
        self.fields["worker"].queryset = workers(route, user, localdate(at))
        if route is not None:
            self.initial |= {"name": route.name, "worker": route.worker_id}

    def facts(self) -> dict[str, Any]:
        """Return what the service takes."""
        return dict(self.cleaned_data)


class DrawForm(RouteForm):
    """A new route: of a grid, or of a town."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(code.value, code.label) for code in GOING_ROUND],
        initial=VisitKind.GRID_PATROL,
        widget=forms.RadioSelect,
    )
    grid = forms.ModelChoiceField(
        Grid.objects.none(),
        label=_("Grid"),
        required=False,
        help_text=_("For a grid patrol"),
        widget=forms.Select(attrs={"data-pick": ""}),
    )
    region = forms.ModelChoiceField(
        Region.objects.none(),
        label=_("Town"),
        required=False,
        help_text=_("For a patrol by the town"),
        widget=forms.Select(attrs={"data-pick": ""}),
    )
    field_order = ("kind", "grid", "region", "name", "worker")
    # One of the two grounds is asked for, by the kind.
    mark_optional = False

    def __init__(self, data: Any = None, *, user: User, at: datetime) -> None:
        super().__init__(data, user=user, at=at)
        self.fields["grid"].queryset = grids_without(user)
        self.fields["region"].queryset = towns_of(user)

    def clean(self) -> dict[str, Any]:
        """Ask for the ground that the kind goes round."""
        cleaned = super().clean() or self.cleaned_data
        wanted = "grid" if cleaned.get("kind") == VisitKind.GRID_PATROL else "region"
        if not cleaned.get(wanted) and wanted not in self.errors:
            raise ValidationError({wanted: _("Say where the route lies.")})
        cleaned["region" if wanted == "grid" else "grid"] = None
        return cleaned


class EndForm(forms.Form):
    """A route is ended with the reason."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class PatrolForm(BeginForm):
    """Which checklists are taken along; none is an answer too: then only what is found is recorded."""

    editions = forms.ModelMultipleChoiceField(
        Edition.objects.none(),
        label=_("Checklists taken along"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, stop: PatrolStop, at: datetime) -> None:
        super().__init__(data)
        field = self.fields["editions"]
        field.queryset = editions_for(stop.enterprise, localdate(at)).filter(state="published")
        field.choices = [(each.pk, f"{each.checklist.title}　{each.item_count}") for each in field.queryset]

    def given(self) -> dict[str, Any]:
        """Return what the service takes."""
        return {**super().given(), "editions": list(self.cleaned_data["editions"])}
