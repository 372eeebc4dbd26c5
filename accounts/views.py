"""A person's own page, and the language switch."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services
from accounts.forms import DelegationForm
from accounts.models import Delegation, Post
from accounts.selectors import device_of


@login_required
@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """Show the person's posts, sessions and delegations, and let them delegate while away."""
    now = timezone.now()
    form = DelegationForm(request.POST or None, user=request.user, at=now)
    if request.method == "POST" and form.is_valid():
        try:
            services.delegate(request.user, at=now, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The delegation is set up."))
            return redirect("accounts:me")
    context = {"form": form, "today": timezone.localdate(now), **_own(request)}
    return render(request, "accounts/me.html", context, status=422 if form.errors else 200)


def _own(request: HttpRequest) -> dict[str, Any]:
    """Return what belongs to the person: posts, delegations, sessions, how the account is protected."""
    user = request.user
    return {
        "posts": Post.objects.acted_by(user, timezone.localdate()).select_related("region"),
        "given": user.given.select_related("receiver").order_by("-from_on")[:10],
        "sessions": [
            {"row": row, "device": device_of(row.user_agent), "here": row.is_current()}
            for row in sorted(UserSession.objects.purge_and_list(user), key=lambda row: row.pk, reverse=True)
        ],
        "has_second_factor": is_mfa_enabled(user),
    }


@login_required
@require_POST
def end_delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """End one's own delegation now."""
    delegation = get_object_or_404(Delegation, pk=pk, giver=request.user)
    services.end_delegation(delegation, by=request.user, at=timezone.now())
    messages.success(request, _("The delegation has ended."))
    return redirect("accounts:me")


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out one's own session on another device."""
    get_object_or_404(UserSession, pk=pk, user=request.user).end()
    messages.success(request, _("That device is signed out."))
    return redirect("accounts:me")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language and go back to the page the person came from."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 86400, samesite="Lax")
        if request.user.is_authenticated:
            services.remember_language(request.user, chosen)
    return response
