"""A masked number shown whole: a reason first, then the number, on one answer that nothing keeps."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.services import may
from enterprises import services
from enterprises.models import Enterprise
from enterprises.truth.selectors import words
from enterprises.truth.writing import field_of
from enterprises.unmasking import MASKED, UNMASK


class UnmaskForm(forms.Form):
    """What the number is needed for."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("What the number is needed for; it is put on record with your name"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def unmask(request: HttpRequest, pk: int, fact: str) -> HttpResponse:
    """Ask why, then show the number; opened anew, the page asks again."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    if fact not in MASKED:
        raise Http404
    if not may(request.user, UNMASK, enterprise):
        raise PermissionDenied
    now, number = timezone.now(), ""
    form = UnmaskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = services.unmask(enterprise, fact, **form.cleaned_data, by=request.user, at=now)
    context = {
        "enterprise": enterprise,
        "label": field_of(fact).verbose_name,
        "masked": words(enterprise, fact, timezone.localdate(now)),
        "number": number,
        "form": form,
    }
    return render(request, "enterprises/unmask.html", context, status=422 if form.errors else 200)
