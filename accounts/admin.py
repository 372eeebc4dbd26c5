"""The administration of people: the system administrator opens accounts, the security administrator gives posts."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Delegation, EnforcementCertificate, Organisation, Post, User
from accounts.services import end_post, give_password, give_post, gives_to_own_side
from accounts.signals import done

# Permissions come from posts; groups would be a second way in.
admin.site.unregister(Group)


class Recorded:
    """Puts what is done in the administration on the record, and lets nobody delete."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing here is deleted, because the record names it."""
        return False

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Record an opened account, a new organisation."""
        self._record(request, obj, "add", message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Record a change of the record's own fields; services speak for the rows of an inline."""
        if own := [part for part in message if not _is_about_a_part(part)]:
            self._record(request, obj, "change", own)
        return super().log_change(request, obj, message)

    def _record(self, request: HttpRequest, obj: Model, verb: str, message: Any) -> None:
        name = obj._meta.model_name
        done.send(
            type(obj),
            by=request.user,
            verb=f"accounts.{verb}_{name}",
            target=obj,
            at=timezone.now(),
            data={"changes": message},
        )


def _is_about_a_part(part: dict[str, Any]) -> bool:
    """Say whether a part of Django's message tells of a row of an inline."""
    return any("object" in facts for facts in part.values())


class NewUserForm(AdminUserCreationForm):
    """Opens an account with a first password that the person must change."""

    class Meta:
        model = User
        fields = ("username", "name", "phone", "organisation", "is_staff")

    def clean_phone(self) -> str | None:
        """Keep an empty number as none, so that two people without one do not collide."""
        return self.cleaned_data["phone"] or None

    def save(self, commit: bool = True) -> User:
        """Open the account; whoever typed the password is not the one to use it."""
        self.instance.must_change_password = True
        return super().save(commit)


class UserForm(UserChangeForm):
    """Keeps an account."""

    def clean_phone(self) -> str | None:
        """Keep an empty number as none, so that two people without one do not collide."""
        return self.cleaned_data["phone"] or None


class GivenPasswordForm(AdminPasswordChangeForm):
    """Gives a person a new password, to be changed at the next sign-in."""

    def save(self, commit: bool = True) -> User:
        """Write the password through the service."""
        if not self.cleaned_data["set_usable_password"]:
            return super().save(commit)
        give_password(self.user, self.cleaned_data["password1"], at=timezone.now())
        return self.user


class PostForm(ModelForm):
    """A post: a new one is given as it is typed, of a standing one only the last day is set, and never later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.disabled = bool(self.instance.pk) and name != "to_on"

    def clean_to_on(self) -> date | None:
        """Refuse to prolong: what follows is a new post, with an entry of its own."""
        last_day, held = self.cleaned_data["to_on"], self.initial.get("to_on")
        if self.instance.pk and held and (last_day is None or last_day > held):
            raise ValidationError(_("A post is not prolonged.\nGive a new one from the next day on."))
        return last_day


class PostInline(admin.TabularInline):
    """The posts of a person; nobody deletes one, it is given a last day."""

    model = Post
    form = PostForm
    extra = 0
    can_delete = False
    raw_id_fields = ("organisation", "region")
    fields = (
        "role",
        "title",
        "organisation",
        "region",
        "industry",
        "enterprise_id",
        "grid_code",
        "from_on",
        "to_on",
    )

    def has_add_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody gives a post to themselves, nor to the one for whom they act."""
        own = obj is not None and gives_to_own_side(request.user, obj)
        return not own and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody changes a post of their own."""
        return obj != request.user and super().has_change_permission(request, obj)


@admin.register(User)
class UserAdmin(Recorded, DjangoUserAdmin):
    """People. Accounts are closed, never deleted."""

    form = UserForm
    add_form = NewUserForm
    change_password_form = GivenPasswordForm
    list_display = ("username", "name", "phone", "organisation", "is_active", "last_login")
    list_filter = ("is_active", "is_staff", "post_set__role")
    list_select_related = ("organisation",)
    search_fields = ("username", "name", "phone")
    raw_id_fields = ("organisation",)
    filter_horizontal = ()
    ordering = ("username",)
    readonly_fields = ("last_login", "date_joined", "password_changed_at")
    person = ("username", "name", "phone", "organisation", "language")
    account = ("is_active", "is_staff", "must_change_password")
    fieldsets = (
        (None, {"fields": (*person, "password")}),
        (_("Account"), {"fields": account}),
        (_("Times"), {"fields": readonly_fields}),
    )
    add_fieldsets = (
        (
            None,
            {"fields": (*NewUserForm.Meta.fields, "usable_password", "password1", "password2")},
        ),
    )

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """The form opens for whoever keeps accounts or posts; what each may change in it, the fields say."""
        return keeps_accounts(request) or request.user.has_perm("accounts.change_post")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Leave out the password where it could only be shown."""
        shown = super().get_fieldsets(request, obj)
        if obj is None or keeps_accounts(request):
            return shown
        return ((None, {"fields": self.person}), *shown[1:])

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Leave the security administrator nothing to change but the posts."""
        if obj is None or keeps_accounts(request):
            return self.readonly_fields
        return (*self.person, *self.account, *self.readonly_fields)

    def get_inlines(self, request: HttpRequest, obj: User | None) -> Any:
        """Posts are given once the account stands."""
        return (PostInline,) if obj else ()

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Give and end posts through the services, each with an entry of its own."""
        formset.save(commit=False)
        who = {"by": request.user, "at": timezone.now()}
        for post in formset.new_objects:
            facts = {name: getattr(post, name) for name in PostInline.fields}
            post.pk = give_post(form.instance, **facts, **who).pk
        for post, _changed in formset.changed_objects:
            end_post(post, last_day=post.to_on, **who)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Show the person's posts beside the account: they were given and ended here."""
        posts = Post.objects.filter(user_id=object_id) if object_id.isdecimal() else ()
        return super().history_view(request, object_id, {"parts": posts, **(extra_context or {})})

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Let only who keeps accounts give passwords."""
        if not keeps_accounts(request):
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)


def keeps_accounts(request: HttpRequest) -> bool:
    """Say whether the caller opens and keeps accounts."""
    return request.user.has_perm("accounts.change_user")


@admin.register(Organisation)
class OrganisationAdmin(Recorded, admin.ModelAdmin):
    """Bureaus, departments, towns, agencies."""

    list_display = ("name", "kind", "region", "parent", "document_mark")
    list_filter = ("kind",)
    list_select_related = ("region", "parent")
    search_fields = ("name", "short_name")
    raw_id_fields = ("region", "parent")


@admin.register(Delegation)
class DelegationAdmin(Recorded, admin.ModelAdmin):
    """Who acts for whom; the security administrator may end it."""

    list_display = ("giver", "receiver", "from_on", "to_on", "reason", "ended_on")
    list_select_related = ("giver", "receiver")
    search_fields = ("giver__name", "receiver__name")
    date_hierarchy = "from_on"
    readonly_fields = ("giver", "receiver", "from_on", "to_on", "reason")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only the person who goes away delegates, on their own page."""
        return False


@admin.register(EnforcementCertificate)
class CertificateAdmin(Recorded, admin.ModelAdmin):
    """Who may inspect, and until when."""

    list_display = ("number", "user", "issuer", "valid_from", "valid_to")
    list_select_related = ("user",)
    search_fields = ("number", "user__name")
    raw_id_fields = ("user",)
    date_hierarchy = "valid_to"
