"""The page of a verb: GET shows its form and changes nothing, POST does it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from attachments import drafts
from lifecycle.refusals import AlreadyDone, NotPermitted, Refusal, StaleForm, VerbRefused
from lifecycle.services import check
from lifecycle.table import Lifecycle, Verb

# Refused: the request was right, but the record is not in a state to grant it.
CONFLICT = 409
INVALID = 422


class JustConfirm(forms.Form):
    """The form of a verb that asks for nothing: pressing the button is the answer."""

    def __init__(self, data: Any = None, files: Any = None, **about: Any) -> None:
        super().__init__(data, files)


def verb_view(
    lifecycle: Lifecycle,
    name: str,
    *,
    service: Callable[..., Any],
    model: type[Model],
    form_class: type[forms.Form] = JustConfirm,
    record_name: str = "",
    template: str = "",
    shown: Callable[[Any], dict[str, Any]] | None = None,
    leads_to: str = "",
) -> Callable[..., HttpResponse]:
    """Return the view of one verb.

    The form is made with the record (as `record_name`, by default the model's name), `user` and `at`; its
    cleaned data, or what its `verb_data()` returns, go to `service(obj, by=, at=, …)`, with `version` if
    the service takes one. Sound photos of a form that is refused wait for the next sending of it
    (`attachments.drafts`). The page is `<app>/<verb>.html` when the app has one, else `lifecycle/verb.html`; `shown`
    reads from the record what the page shows of it: nobody decides on what they do not see. Done, it leads to the
    record, or to its page of the name `leads_to`.
    """
    page = VerbPage(
        lifecycle,
        lifecycle.verb(name),
        service,
        model,
        form_class,
        record_name or model._meta.model_name,
        [template] if template else [f"{lifecycle.app_label}/{name}.html", "lifecycle/verb.html"],
        shown,
        leads_to,
    )

    @login_required
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        return page.answer(request, pk)

    view.__name__ = name
    return view


def done_sentence(lifecycle: Lifecycle, verb: Verb) -> str:
    """Return what the person is told who has done it: what was done, and where the record stands now."""
    if verb.target is None:
        return _("“%(verb)s” is done.") % {"verb": verb.label}
    return _("“%(verb)s” is done; now: %(state)s.") % {
        "verb": verb.label,
        "state": lifecycle.state(verb.target).label,
    }


@dataclass(frozen=True)
class VerbPage:
    """What one verb's page needs to answer a request."""

    lifecycle: Lifecycle
    verb: Verb
    service: Callable[..., Any]
    model: type[Model]
    form_class: type[forms.Form]
    record_name: str
    templates: list[str]
    shown: Callable[[Any], dict[str, Any]] | None = None
    leads_to: str = ""

    def answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form, or do the verb and lead back to the record."""
        obj = get_object_or_404(self.model._default_manager.visible_to(request.user), pk=pk)
        at = timezone.now()
        posted = (request.POST, request.FILES) if request.method == "POST" else ()
        form = self.form_class(*posted, user=request.user, at=at, **{self.record_name: obj})
        drafts.entrust(form, request.user)
        if not posted:
            return self._show(request, obj, form, refusal=self._standing_refusal(obj, request.user, at))
        valid = form.is_valid()
        drafts.keep(form, by=request.user, at=at)
        if valid:
            return self._do(request, obj, form, at)
        return self._show(request, obj, form, version=posted_version(request), status=INVALID)

    def _do(self, request: HttpRequest, obj: Any, form: forms.Form, at: Any) -> HttpResponse:
        try:
            done = self._call(request, obj, form, at)
        except NotPermitted:
            drafts.discard(form)
            raise
        except self.model.DoesNotExist as gone:
            drafts.discard(form)
            raise Http404 from gone
        except AlreadyDone as refused:
            drafts.discard(form)
            messages.info(request, str(refused))
            return lead_to(request, obj)
        except VerbRefused as refused:
            # After a stale form the person reads what changed and may then press again on the new version.
            version = obj.version if isinstance(refused, StaleForm) else posted_version(request)
            return self._show(request, obj, form, refusal=refused.refusal, version=version, status=CONFLICT)
        except ValidationError as error:
            add_errors(form, error)
            return self._show(request, obj, form, version=posted_version(request), status=INVALID)
        messages.success(request, done_sentence(self.lifecycle, self.verb.named(obj)))
        after = done if isinstance(done, Model) else obj
        return lead_to(request, reverse(self.leads_to, args=[after.pk]) if self.leads_to else after)

    @transaction.atomic
    def _call(self, request: HttpRequest, obj: Any, form: forms.Form, at: Any) -> Any:
        arguments = form.verb_data() if hasattr(form, "verb_data") else form.cleaned_data
        if "version" in inspect.signature(self.service).parameters:
            arguments = {**arguments, "version": posted_version(request)}
        return self.service(obj, by=request.user, at=at, **arguments)

    def _standing_refusal(self, obj: Any, user: Any, at: Any) -> Refusal | None:
        """Tell the person before they fill in the form that the verb cannot be done now."""
        try:
            check(self.lifecycle, self.verb, obj, by=user, at=at)
        except NotPermitted:
            raise
        except VerbRefused as refused:
            return refused.refusal
        return None

    def _show(
        self,
        request: HttpRequest,
        obj: Any,
        form: forms.Form,
        *,
        refusal: Refusal | None = None,
        version: int | None = None,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            "obj": obj,
            self.record_name: obj,
            "verb": self.verb.named(obj),
            "form": form,
            "refusal": refusal,
            # Before anything was posted, a refusal stands whatever the person would fill in.
            "blocked": refusal is not None and request.method != "POST",
            "version": obj.version if version is None else version,
        }
        if request.htmx:
            # A dialog swaps in whatever comes, and a browser script would drop an answer that is not 200.
            return render(request, "lifecycle/_verb_form.html", context)
        if self.shown:
            context |= self.shown(obj)
        return render(request, self.templates, context, status=status)


@contextmanager
def shown_refusal(request: HttpRequest) -> Iterator[None]:
    """Turn the refusal of a one-click verb into a message; the view goes on after the block."""
    try:
        yield
    except NotPermitted:
        raise
    except AlreadyDone as refused:
        messages.info(request, str(refused))
    except VerbRefused as refused:
        messages.error(request, str(refused))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))


def posted_version(request: HttpRequest) -> int | None:
    """Return the version that the person was looking at; what is not a number never matches one."""
    posted = request.POST.get("version", "")
    if not posted:
        return None
    return int(posted) if posted.isascii() and posted.isdigit() and len(posted) < 10 else -1


def add_errors(form: forms.Form, error: ValidationError) -> None:
    """Put a service's errors beside the fields they speak of, and the others on top."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def lead_to(request: HttpRequest, obj: Any) -> HttpResponse:
    """Lead to the record's page or to an address, also out of a dialog."""
    url = resolve_url(obj)
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
