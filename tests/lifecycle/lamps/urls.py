"""The site's addresses and the lamps' own, for tests that ask over HTTP."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from config.urls import urlpatterns as site
from lifecycle.views import verb_view
from tests.lifecycle.lamps import services
from tests.lifecycle.lamps.lifecycle import LAMP
from tests.lifecycle.lamps.models import Lamp


class NoteForm(forms.Form):
    """A form about a lamp."""

    note = forms.CharField(max_length=20)

    def __init__(self, *args: object, lamp: Lamp, user: object, at: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.lamp = lamp


class ReasonForm(NoteForm):
    """A form that asks for the reason."""

    note = None
    reason = forms.CharField(required=False)


def remark(lamp: Lamp, *, note: str, **arguments: object) -> Lamp:
    """Refuse a word beside its field, as services do."""
    if note == "bad":
        raise ValidationError({"note": "This word is not nice."})
    return services.remark(lamp, note=note, **arguments)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show that one has arrived."""
    return HttpResponse("the lamp")


def _verb(name: str, service: object, **more: object) -> object:
    return path(f"<int:pk>/{name}/", verb_view(LAMP, name, service=service, model=Lamp, **more), name=name)


lamps = [
    path("<int:pk>/", detail, name="detail"),
    _verb("order_repair", services.order_repair),
    _verb("mend", services.mend),
    _verb("remark", remark, form_class=NoteForm),
    _verb("give_up", services.give_up, form_class=ReasonForm),
    *(_verb(name, services.mend) for name in ("wait_for_part", "part_came", "relight")),
]
urlpatterns = [*site, path("lamps/", include((lamps, "lamps")))]
