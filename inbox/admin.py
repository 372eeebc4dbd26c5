"""Wordings for administrators to edit; deliveries and broken notices for them to look at."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.masking import mask_phone
from audit.bigtables import BigTable, KnownValuesFilter
from audit.services import record
from inbox.forms import MessageTemplateForm
from inbox.models import Delivery, FailedNotice, MessageTemplate
from inbox.notices import registry


@admin.register(MessageTemplate)
class MessageTemplateAdmin(admin.ModelAdmin):
    """One row per notice and channel; rows come from the code and are never added or deleted here."""

    form = MessageTemplateForm
    list_display = ["label", "channel", "text", "provider_code", "is_active"]
    list_filter = ["channel", "is_active"]
    search_fields = ["code", "text"]
    readonly_fields = ["code", "channel"]

    @admin.display(description=_("notice"))
    def label(self, row: MessageTemplate) -> str:
        """The notice in words."""
        wording = registry().wordings().get(row.code)
        return str(wording.label) if wording else row.code

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Notices are declared by the product."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A wording is emptied, not deleted."""
        return False

    def save_model(self, request: HttpRequest, obj: MessageTemplate, form: Any, change: bool) -> None:
        """Keep it, put it on record, and say so when an SMS became longer than one."""
        super().save_model(request, obj, form, change)
        data = {"title": obj.title, "text": obj.text, "provider_code": obj.provider_code}
        record(request.user, "inbox.reword", obj, at=timezone.now(), data=data)
        if hint := form.hint():
            messages.warning(request, hint)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that the system writes and people only read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only the system adds."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody edits."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes."""
        return False


class NoticeFilter(KnownValuesFilter):
    """One notice."""

    title = _("notice")
    parameter_name = "template_code"

    def known(self) -> list[tuple[str, str]]:
        """Return every notice in words."""
        return [(code, str(wording.label)) for code, wording in registry().wordings().items()]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin, BigTable):
    """Text messages, with masked numbers."""

    list_display = ["at", "recipient_name", "masked", "text", "state", "attempts", "error"]
    list_filter = ["state", NoticeFilter]
    list_select_related = False
    exclude = ["phone", "recipient"]

    @admin.display(description=_("phone"))
    def masked(self, row: Delivery) -> str:
        """The number without its middle."""
        return mask_phone(row.phone)


@admin.register(FailedNotice)
class FailedNoticeAdmin(ReadOnlyAdmin):
    """Notices that broke, with the error and the next try."""

    list_display = ["at", "notice", "source", "event_id", "attempts", "next_try_at", "solved_at", "error"]
    list_filter = ["notice", ("solved_at", admin.EmptyFieldListFilter)]
