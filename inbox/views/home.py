"""The first page after signing in: what is due from me."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Window
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from inbox import worklist
from inbox.context import know_unread
from inbox.desk import around, counted_around, desk_of, group_labels, opened
from inbox.models import Message

LATEST = 5


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show the person's work list, or one group of it when there is more than fits.

    The figures and the numbers of the other tabs follow when the page stands (`part`), or stand on it if the address
    asks for them (`numbers`).
    """
    at, user = timezone.now(), request.user
    tab = request.GET.get("tab", "")
    if group := request.GET.get("group"):
        return _whole_group(request, tab, group, at)
    if request.GET.get("part") == "numbers":
        context = {"around": counted_around(user, tab=tab, at=at), "is_part": True}
        return render(request, "inbox/_around.html", context)
    desk = desk_of(user, tab=tab, at=at)
    beside = counted_around(user, tab=tab, at=at) if "numbers" in request.GET else around(user, desk, at)
    news = list(Message.objects.visible_to(user).unread().annotate(all_of_them=Window(Count("pk")))[:LATEST])
    know_unread(request, news[0].all_of_them if news else 0)
    return render(request, "inbox/home.html", {"desk": desk, "around": beside, "news": news, "at": at})


def _whole_group(request: HttpRequest, tab: str, group: str, at) -> HttpResponse:
    labels = group_labels()
    if group not in labels:
        raise Http404
    _tabs, current = opened(request.user, tab, at)
    page = _page(request)
    rows = worklist.grouped(current.owed.deadlines(), at)[group]
    lines, has_next = worklist.page_lines(rows, user=request.user, page=page)
    context = {"tab": current, "group": group, "label": labels[group], "lines": lines, "at": at}
    context |= {"page": page, "next": page + 1 if has_next else None, "previous": page - 1}
    return render(request, "inbox/group.html", context)


def _page(request: HttpRequest) -> int:
    """The page asked for; anything that is no page number is the first. Nobody reads past the thousandth."""
    asked = request.GET.get("page", "1")
    return min(max(int(asked), 1), 1000) if asked.isdecimal() and len(asked) < 6 else 1
