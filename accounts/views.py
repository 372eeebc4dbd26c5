"""A person's own page, and the language switch."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services
from accounts.forms import DelegationForm
from accounts.models import Delegation


@login_required
@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """Show the person's posts and delegations, and let them delegate while away."""
    now = timezone.now()
    form = DelegationForm(request.POST or None, user=request.user, at=now)
    if request.method == "POST" and form.is_valid():
        services.delegate(request.user, at=now, **form.cleaned_data)
        return redirect("accounts:me")
    context = {
        "form": form,
        "posts": request.user.posts,
        "given": request.user.given.select_related("receiver").order_by("-from_on")[:10],
        "sessions": request.user.usersession_set.order_by("-last_seen_at")[:10],
        "today": timezone.localdate(now),
    }
    return render(request, "accounts/me.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def end_delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """End one's own delegation now."""
    delegation = get_object_or_404(Delegation, pk=pk, giver=request.user)
    services.end_delegation(delegation, at=timezone.now())
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
