"""The pages of an import: send in a file, see what it would do, apply it or give it up."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
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
from listings.importing import suggestions, work, workbooks
from listings.importing.reading import SIZE_LIMIT
from listings.importing.spec import Book, FoundPolicy, ImportSpec, declared_of
from listings.jobs import KEPT_FOR
from listings.models import Job, JobKind, JobState
from listings.spreadsheets import TYPES
from listings.tasks import run_job
from regions.words import listed

RECENT_SHOWN = 5
SUGGESTIONS_SHOWN = 20


class ImportForm(forms.Form):
    """One file; what is in it the worker finds out."""

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_(".xlsx or .csv, up to 100 MB; the first sheet is read"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("Choose a file of up to 100 MB."), "empty": _("The file is empty.")},
    )

    endings: ClassVar[tuple[str, ...]] = tuple(TYPES)
    found = forms.ChoiceField(
        label=_("Records that are on file already"),
        choices=FoundPolicy.choices,
        initial=FoundPolicy.UPDATE,
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_found(self) -> str:
        """Update what is on file where nothing else was said."""
        return self.cleaned_data["found"] or FoundPolicy.UPDATE

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
        if ending not in self.endings:
            named = listed(f".{each}" for each in self.endings)
            raise ValidationError(_("Only %(endings)s can be imported."), params={"endings": named})
        if start.startswith(b"PK\x03\x04") != (ending == "xlsx") or b"\x00" in start[:4]:
            raise ValidationError(_("The file is not what its name says. Save it again as .xlsx."))
        return file


class BookForm(ImportForm):
    """A workbook of several sheets."""

    endings: ClassVar[tuple[str, ...]] = ("xlsx",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(".xlsx with the sheets of the template, up to 100 MB")
        self.fields["file"].widget.attrs["accept"] = ".xlsx"


class DecisionForm(forms.Form):
    """One row and the record that it is, none of those offered, or a word about all that are open."""

    row = forms.IntegerField(min_value=1, required=False)
    found = forms.IntegerField(min_value=1, required=False)
    every = forms.ChoiceField(choices=[("sure", ""), ("none", "")], required=False)

    def apply(self, job: Job) -> None:
        """Keep what was said."""
        given = self.cleaned_data
        if given["every"] == "sure":
            suggestions.accept_sure(job)
        elif given["every"] == "none":
            suggestions.refuse_all(job)
        elif given["row"]:
            suggestions.decide(job, given["row"], given["found"])


def refuse_without_post(request: HttpRequest, spec: ImportSpec | Book) -> None:
    """Raise PermissionDenied for whoever may not import every sheet of it."""
    if not all(may(request.user, permission) for permission in work.permissions_of(spec)):
        raise PermissionDenied


class ImportPage(LoginRequiredMixin, View):
    """Sends in a file; `?template=1` gives the workbook to fill in."""

    spec: ClassVar[ImportSpec | Book | None] = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse whoever may not import."""
        if request.user.is_authenticated:
            refuse_without_post(request, self.spec)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form, or give the template."""
        if "template" not in request.GET:
            return self.page(self.form())
        response = HttpResponse(workbooks.template(self.spec), content_type=TYPES["xlsx"])
        name = f"{self.spec.title}.xlsx"
        response.headers["Content-Disposition"] = content_disposition_header(True, name)
        return response

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the file and start the check in the worker."""
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(form, status=422)
        given = form.cleaned_data
        return redirect(job_url(start(self.spec, given["file"], by=request.user, found=given["found"])))

    def form(self, *args: Any) -> ImportForm:
        """Return the form: a workbook of several sheets is no text file."""
        return (BookForm if isinstance(self.spec, Book) else ImportForm)(*args)

    def page(self, form: ImportForm, status: int = 200) -> HttpResponse:
        """Return the page with the form and the person's last imports."""
        recent = Job.objects.filter(user=self.request.user, kind=JobKind.IMPORT, page=self.spec.key)
        context = {"spec": self.spec, "form": form, "recent": recent[:RECENT_SHOWN], **links(self.spec)}
        return render(self.request, "listings/import.html", context, status=status)


@transaction.atomic
def start(spec: ImportSpec | Book, file: UploadedFile, *, by: Any, found: str = FoundPolicy.UPDATE) -> Job:
    """Keep the file and queue its check."""
    now = timezone.now()
    job = Job(
        kind=JobKind.IMPORT,
        user=by,
        page=spec.key,
        title=str(spec.title),
        params={"step": work.CHECK, "file": Truncator(file.name).chars(100), "found": found},
        created_at=now,
        expires_at=now + KEPT_FOR,
    )
    # The name on the disk is ours: a name that somebody sent never becomes a path.
    job.source.save(f"import.{file.name.rpartition('.')[2].lower()}", file, save=False)
    job.save()
    transaction.on_commit(lambda: run_job.delay(job.pk))
    return job


def links(spec: ImportSpec | Book) -> dict[str, str]:
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
    spec = declared_of(job.page)
    template = "listings/_import_job.html" if request.htmx else "listings/import_job.html"
    context = {"job": job, "spec": spec, "result": job.result, "suggested": 0, "decided": 0, **links(spec)}
    if job.state == JobState.CHECKED:
        context["suggested"] = suggestions.open_ones(pk).values("row_no").distinct().count()
        context["decided"] = suggestions.fresh(job).exists()
    return render(request, template, context)


@login_required
@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was checked; pressed twice it is done once."""
    job = own_import(request, pk)
    if not job.result.get("stopped"):
        queue(request, job, work.APPLY)
    return redirect(job_url(job))


@login_required
@require_POST
def recheck(request: HttpRequest, pk: int) -> HttpResponse:
    """Check the file anew, by what the person has decided about its suggestions."""
    job = own_import(request, pk)
    queue(request, job, work.CHECK)
    return redirect(job_url(job))


def queue(request: HttpRequest, job: Job, step: str) -> None:
    """Have the worker take a step of an import that is checked; raises PermissionDenied without the post for it."""
    refuse_without_post(request, declared_of(job.page))
    with transaction.atomic():
        waiting = {**job.params, "step": step}
        rows = Job.objects.filter(pk=job.pk, state=JobState.CHECKED)
        if rows.update(state=JobState.WAITING, params=waiting, done=0, finished_at=None):
            transaction.on_commit(lambda: run_job.delay(job.pk))


@login_required
@require_GET
def import_suggestions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show rows beside records on file that they may be, a page of them at a time."""
    job = own_import(request, pk)
    spec = declared_of(job.page)
    rows = suggestions.rows_of(job)
    page = Paginator(rows, SUGGESTIONS_SHOWN).get_page(request.GET.get("page"))
    context = {
        "job": job,
        "spec": spec,
        "page": page,
        "pairs": suggestions.pairs(job, list(page)),
        **links(spec),
    }
    context |= {"open": suggestions.open_ones(pk).exists(), "sure": suggestions.sure(job).count()}
    return render(request, "listings/import_suggestions.html", context)


@login_required
@require_POST
def decide_suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what a person says about one row, or about all that are still open."""
    job = own_import(request, pk)
    if job.state == JobState.CHECKED:
        form = DecisionForm(request.POST)
        if not form.is_valid():
            raise BadRequest
        form.apply(job)
    page = request.GET.get("page", "")
    address = reverse("listings:import_suggestions", args=[pk])
    return redirect(f"{address}?page={page}" if page.isdecimal() else address)


@login_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up an import that has not been applied."""
    job = own_import(request, pk)
    spec = declared_of(job.page)
    if job.state in {JobState.CHECKED, JobState.FAILED}:
        work.discard(job)
    return redirect(links(spec)["import_url"])
