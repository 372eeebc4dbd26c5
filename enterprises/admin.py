"""The administration of the tokens by which other departments' systems ask."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.services import may
from enterprises.models import ApiToken
from enterprises.services.exchange import check_days, issue_token, withdraw_token


class TokenForm(ModelForm):
    """Who gets a token, as whom it sees, and from when to when."""

    class Meta:
        model = ApiToken
        fields = ("name", "organisation", "user", "from_on", "to_on", "per_minute")

    def clean(self) -> dict[str, Any]:
        """Refuse days between which no token can hold."""
        given = super().clean()
        if given.get("from_on") and given.get("to_on"):
            check_days(given["from_on"], given["to_on"], today=timezone.localdate())
        return given


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):
    """Tokens are issued and withdrawn; their text is shown once."""

    form = TokenForm
    list_display = (
        "name",
        "organisation",
        "user",
        "start",
        "from_on",
        "to_on",
        "last_used_at",
        "withdrawn_at",
    )
    list_select_related = ("organisation", "user")
    search_fields = ("name", "organisation__name", "user__name")
    raw_id_fields = ("organisation", "user")
    actions = ("withdraw",)

    def keeps(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether the caller issues tokens."""
        return may(request.user, "enterprises.issue_token")

    has_module_permission = has_view_permission = has_add_permission = keeps

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes a token that has been given away; it is withdrawn, and a new one is issued."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing here is deleted, because the record names it."""
        return False

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        """Who issues, withdraws."""
        return self.keeps(request)

    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        """Issue the token through the service, and show its text this once."""
        issued, text = issue_token(**form.cleaned_data, by=request.user, at=timezone.now())
        obj.pk = issued.pk
        messages.warning(request, _("Copy the token now, it is not shown again: %(token)s") % {"token": text})

    @admin.action(description=gettext_lazy("Withdraw the chosen tokens"), permissions=["withdraw"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet) -> None:
        """End the tokens at once."""
        for token in queryset:
            withdraw_token(token, by=request.user, at=timezone.now())
        self.message_user(request, _("Withdrawn: %(n)d") % {"n": len(queryset)})
