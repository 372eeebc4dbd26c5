"""A person's messages: the list, opening one, marking them read, and what should not come by SMS."""

from urllib.parse import urlencode

from django.contrib import messages as said
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inbox import services
from inbox.forms import PreferenceForm
from inbox.models import Message

PAGE_ROWS = 30


@require_safe
@login_required
def messages(request: HttpRequest) -> HttpResponse:
    """List the person's messages, newest first; `?show=unread` keeps the new ones."""
    rows = Message.objects.visible_to(request.user)
    only_unread = request.GET.get("show") == "unread"
    paginator = Paginator(rows.unread() if only_unread else rows, PAGE_ROWS)
    page = paginator.get_page(request.GET.get("page"))
    return render(request, "inbox/messages.html", {"page": page, "only_unread": only_unread})


@require_POST
@login_required
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one message read and go where it points, or stay with the list when asked to."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    services.read(message, by=request.user, at=timezone.now())
    if "stay" not in request.POST and _is_ours(request, message.url):
        return redirect(message.url)
    return redirect(_list_url(request))


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all that came so far as read."""
    number = services.read_all(by=request.user, at=timezone.now())
    text = ngettext("%(n)s message is now read.", "%(n)s messages are now read.", number)
    said.success(request, text % {"n": number})
    return redirect("inbox:messages")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    """Let the person say which notices should not come by SMS."""
    form = PreferenceForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        services.choose(by=request.user, refused=form.refused())
        said.success(request, _("Your choice holds from the next message on."))
        return redirect("inbox:preferences")
    return render(request, "inbox/preferences.html", {"form": form})


def _is_ours(request: HttpRequest, url: str) -> bool:
    return bool(url) and url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())


def _list_url(request: HttpRequest) -> str:
    """Back to the list as it was, filter and page included."""
    kept = {name: request.POST[name] for name in ("show", "page") if request.POST.get(name)}
    return reverse("inbox:messages") + (f"?{urlencode(kept)}" if kept else "")
