"""Administrators keep the calendar, and look at deadlines that could not take a step."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from audit.bigtables import BigTable, KnownValuesFilter
from deadlines import almanac, tasks
from deadlines.clock import WEEKDAYS
from deadlines.models import Deadline, DeadlineEvent, Extension, Suspension, WorkingDay
from deadlines.rules import registry


@admin.register(WorkingDay)
class WorkingDayAdmin(admin.ModelAdmin):
    """Holidays and make-up days. A change reaches every process, and open deadlines are counted again."""

    list_display = ["day", "weekday", "is_workday", "name", "basis"]
    list_filter = ["is_workday", "name"]
    date_hierarchy = "day"
    search_fields = ["name", "basis"]

    @admin.display(description=_("weekday"))
    def weekday(self, obj: WorkingDay) -> str:
        """Show the day of the week, against which the entry stands."""
        return str(WEEKDAYS[obj.day.weekday()])

    def save_model(self, request: HttpRequest, obj: WorkingDay, form: Any, change: bool) -> None:
        """Save, and let everybody count anew."""
        super().save_model(request, obj, form, change)
        self._count_anew(request)

    def delete_model(self, request: HttpRequest, obj: WorkingDay) -> None:
        """Delete, and let everybody count anew."""
        super().delete_model(request, obj)
        self._count_anew(request)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Delete several, and let everybody count anew."""
        super().delete_queryset(request, queryset)
        self._count_anew(request)

    def _count_anew(self, request: HttpRequest) -> None:
        almanac.changed()
        # Robust: without a broker the calendar is saved all the same; the command can count again later.
        transaction.on_commit(lambda: tasks.recount.delay(request.user.pk), robust=True)


class ReadOnly:
    """Rows that only services write."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a verb makes these rows."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a verb changes these rows."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: history stays."""
        return False


class Related(ReadOnly, admin.TabularInline):
    """Rows of one deadline, read with the people they name."""

    extra = 0
    named: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Read all names at once."""
        return super().get_queryset(request).select_related("deadline", *self.named)


class SuspensionInline(Related):
    """Stops of the clock."""

    named = ("by", "resumed_by")

    model = Suspension


class ExtensionInline(Related):
    """Decisions that moved the day."""

    named = ("by",)

    model = Extension


class EventInline(Related):
    """What the clock did."""

    model = DeadlineEvent


class HasFailedFilter(admin.SimpleListFilter):
    """Those whose last step failed, which somebody should look at."""

    title = _("failure")
    parameter_name = "failed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer one choice."""
        return [("yes", _("waiting after a failure"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep rows that wait for another attempt."""
        return queryset.filter(retry_at__isnull=False) if self.value() else queryset


class RuleFilter(KnownValuesFilter):
    """One kind of deadline."""

    title = _("rule")
    parameter_name = "rule"

    def known(self) -> list[tuple[str, str]]:
        """Return every rule in words."""
        return [(rule.code, str(rule.label)) for rule in registry.rules.values()]


@admin.register(Deadline)
class DeadlineAdmin(ReadOnly, BigTable):
    """Deadlines, to be read."""

    list_display = ["rule", "label", "due_at", "state", "next_at", "failures", "error"]
    list_filter = [HasFailedFilter, RuleFilter]
    list_select_related = False
    inlines = [SuspensionInline, ExtensionInline, EventInline]
