"""The first page after signing in: what is due from me."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from inbox import worklist
from inbox.context import know_unread
from inbox.desk import desk_of, group_labels, tabs_of
from inbox.models import Message

LATEST = 5


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show the person's work list, or one group of it when there is more than fits."""
    at = timezone.now()
    tab = request.GET.get("tab", "")
    if group := request.GET.get("group"):
        return _whole_group(request, tab, group, at)
    desk = desk_of(request.user, tab=tab, at=at)
    know_unread(request, desk.unread)
    news = Message.objects.visible_to(request.user).unread()[:LATEST] if desk.unread else []
    return render(request, "inbox/home.html", {"desk": desk, "news": news, "at": at})


def _whole_group(request: HttpRequest, tab: str, group: str, at) -> HttpResponse:
    labels = group_labels()
    if group not in labels:
        raise Http404
    tabs = tabs_of(request.user, at)
    current = next((each for each in tabs if each.code == tab), tabs[0])
    page = _page(request)
    rows = worklist.grouped(current.deadlines, at)[group]
    lines, has_next = worklist.page_lines(rows, user=request.user, page=page)
    context = {"tab": current, "group": group, "label": labels[group], "lines": lines, "at": at}
    context |= {"page": page, "next": page + 1 if has_next else None, "previous": page - 1}
    return render(request, "inbox/group.html", context)


def _page(request: HttpRequest) -> int:
    """The page asked for; anything that is no page number is the first. Nobody reads past the thousandth."""
    asked = request.GET.get("page", "1")
    return min(max(int(asked), 1), 1000) if asked.isdecimal() and len(asked) < 6 else 1
