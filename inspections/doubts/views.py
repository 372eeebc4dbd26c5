"""One doubt, and the two things a person says after looking into it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from deadlines.selectors import next_due
from inspections.doubts import services
from inspections.doubts.forms import DoubtForm
from inspections.doubts.lifecycle import DOUBT
from inspections.doubts.reasons import reason_of, records_of
from inspections.models import Doubt
from lifecycle.views import verb_view


@login_required
@require_safe
def doubt(request: HttpRequest, pk: int) -> HttpResponse:
    """Show why there is a doubt, and open the records that it rests on."""
    rows = Doubt.objects.visible_to(request.user).select_related("enterprise__region", "decided_by")
    found = get_object_or_404(rows, pk=pk)
    context = {
        "doubt": found,
        "why": reason_of(found),
        "records": records_of(found, request.user),
        "deadline": next_due(found),
    }
    return render(request, "inspections/doubts/doubt.html", context)


VIEWS = {
    name: verb_view(DOUBT, name, service=getattr(services, name), model=Doubt, form_class=DoubtForm)
    for name in ("explain_doubt", "uphold_doubt")
}
