"""The pages of an import: send in a file, see what it would do, apply it or give it up."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.http import require_GET, require_POST

from accounts.services import may
from listings.importing import work, workbooks
from listings.importing.reading import SIZE_LIMIT
from listings.importing.spec import ImportSpec, spec_of
from listings.jobs import KEPT_FOR
from listings.models import Job, JobKind, JobState
from listings.spreadsheets import TYPES
from listings.tasks import run_job

RECENT_SHOWN = 5


class ImportForm(forms.Form):
    """One file; what is in it the worker finds out."""

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_(".xlsx or .csv, up to 100 MB; the first sheet is read"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("Choose a file of up to 100 MB."), "empty": _("The file is empty.")},
    )

    def clean_file(self) -> UploadedFile:
        """Refuse by size, ending and first bytes, before anything is kept."""
        file = self.cleaned_data["file"]
        if file.size > SIZE_LIMIT:
            raise ValidationError(_("Larger than 100 MB; split the file."))
        ending = file.name.rpartition(".")[2].lower()
        start = file.read(8)
        file.seek(0)
        if ending == "xls":
            raise ValidationError(_("An old workbook (.xls); save it as .xlsx."))
        if ending not in TYPES:
            raise ValidationError(_("Only .xlsx and .csv can be imported."))
        if start.startswith(b"PK\x03\x04") != (ending == "xlsx") or b"\x00" in start[:4]:
            raise ValidationError(_("The file is not what its name says. Save it again as .xlsx."))
        return file


class ImportPage(LoginRequiredMixin, View):
    """Sends in a file; `?template=1` gives the workbook to fill in."""

    spec: ClassVar[ImportSpec | None] = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse whoever may not import."""
        if request.user.is_authenticated and not may(request.user, self.spec.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form, or give the template."""
        if "template" not in request.GET:
            return self.page(ImportForm())
        response = HttpResponse(workbooks.template(self.spec), content_type=TYPES["xlsx"])
        name = f"{self.spec.title}.xlsx"
        response.headers["Content-Disposition"] = content_disposition_header(True, name)
        return response

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the file and start the check in the worker."""
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(form, status=422)
        return redirect(job_url(start(self.spec, form.cleaned_data["file"], by=request.user)))

    def page(self, form: ImportForm, status: int = 200) -> HttpResponse:
        """Return the page with the form and the person's last imports."""
        recent = Job.objects.filter(user=self.request.user, kind=JobKind.IMPORT, page=self.spec.key)
        context = {"spec": self.spec, "form": form, "recent": recent[:RECENT_SHOWN], **links(self.spec)}
        return render(self.request, "listings/import.html", context, status=status)


@transaction.atomic
def start(spec: ImportSpec, file: UploadedFile, *, by: Any) -> Job:
    """Keep the file and queue its check."""
    now = timezone.now()
    job = Job(
        kind=JobKind.IMPORT,
        user=by,
        page=spec.key,
        title=str(spec.title),
        params={"step": work.CHECK, "file": Truncator(file.name).chars(100)},
        created_at=now,
        expires_at=now + KEPT_FOR,
    )
    # The name on the disk is ours: a name that somebody sent never becomes a path.
    job.source.save(f"import.{file.name.rpartition('.')[2].lower()}", file, save=False)
    job.save()
    transaction.on_commit(lambda: run_job.delay(job.pk))
    return job


def links(spec: ImportSpec) -> dict[str, str]:
    """Return the addresses that the pages of an import lead to."""
    return {
        "list_url": reverse(spec.list_url, kwargs=spec.url_kwargs),
        "import_url": reverse(spec.import_url, kwargs=spec.url_kwargs),
    }


def job_url(job: Job) -> str:
    """Return the page of one import."""
    return reverse("listings:import_job", args=[job.pk])


def own_import(request: HttpRequest, pk: int) -> Job:
    """Return one's own import; another person's is not found."""
    return get_object_or_404(Job, pk=pk, user=request.user, kind=JobKind.IMPORT)


@login_required
@require_GET
def import_job(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far the import is, and what it found; asked again every second while it works."""
    job = own_import(request, pk)
    spec = spec_of(job.page)
    template = "listings/_import_job.html" if request.htmx else "listings/import_job.html"
    return render(request, template, {"job": job, "spec": spec, "result": job.result, **links(spec)})


@login_required
@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was checked; pressed twice it is done once."""
    job = own_import(request, pk)
    if not may(request.user, spec_of(job.page).permission):
        raise PermissionDenied
    with transaction.atomic():
        waiting = {**job.params, "step": work.APPLY}
        rows = Job.objects.filter(pk=pk, state=JobState.CHECKED)
        if rows.update(state=JobState.WAITING, params=waiting, done=0, finished_at=None):
            transaction.on_commit(lambda: run_job.delay(pk))
    return redirect(job_url(job))


@login_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up an import that has not been applied."""
    job = own_import(request, pk)
    spec = spec_of(job.page)
    if job.state in {JobState.CHECKED, JobState.FAILED}:
        work.discard(job)
    return redirect(links(spec)["import_url"])
