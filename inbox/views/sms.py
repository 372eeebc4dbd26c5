"""The SMS log: what went out, what did not, and why."""

from django.contrib import messages as said
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.services import may
from inbox import services
from inbox.counting import CAP, counts
from inbox.models import Delivery, DeliveryState
from inbox.querysets import LOOKED_THROUGH

PAGE_ROWS = 30
LONGEST_WORDS = 60


class CappedPaginator(Paginator):
    """Counts no further than the last page anybody opens."""

    @property
    def count(self) -> int:
        """The number of rows, at most the cap."""
        return min(counts([self.object_list])[0], CAP)


def address_of(**conditions: str) -> str:
    """Return the conditions that are set as they precede the number of the page in an address."""
    kept = {name: value for name, value in conditions.items() if value}
    return urlencode({**kept, "": ""}).removesuffix("=").replace("&", "&amp;") if kept else ""


@require_safe
@login_required
def sms_log(request: HttpRequest) -> HttpResponse:
    """List text messages about records in the person's scope, newest first, numbers masked."""
    if not may(request.user, "inbox.view_sms_log"):
        raise Http404
    rows = Delivery.objects.visible_to(request.user)
    state = request.GET.get("state", "")
    if state in DeliveryState.values:
        rows = rows.filter(state=state)
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_WORDS]
    if words:
        rows = rows.about(words)
    page = CappedPaginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "state": state,
        "words": words,
        "query": address_of(state=state, q=words),
        "looked_through": LOOKED_THROUGH,
        "states": DeliveryState.choices,
        "may_send_again": may(request.user, "inbox.send_again"),
        "resendable": services.RESENDABLE,
    }
    return render(request, "inbox/sms_log.html", context)


@require_POST
@login_required
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a failed, late or uncertain message once more."""
    if not may(request.user, "inbox.send_again"):
        raise Http404
    delivery = get_object_or_404(Delivery.objects.visible_to(request.user), pk=pk)
    if services.send_again(delivery, by=request.user, at=timezone.now()):
        said.success(request, _("The message goes out again."))
    else:
        said.error(request, _("The message is on its way or has arrived; it is not sent twice."))
    return redirect("inbox:sms_log")
