"""What a person keeps about lists, and long work under way."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SavedFilter(models.Model):
    """A filter that a person gave a name; it stands as a tab above the list."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=30)
    query = models.CharField(max_length=2000)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["user", "page", "name"], name="saved_filter_once")]

    def __str__(self) -> str:
        return self.name


class ColumnChoice(models.Model):
    """Which columns of a list a person wants, in which order."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page = models.CharField(max_length=60)
    names = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="column_choice_once")]

    def __str__(self) -> str:
        return f"{self.page} {self.names}"


class JobKind(models.TextChoices):
    """What long work is about."""

    EXPORT = "export", _("Export")
    BULK = "bulk", _("Bulk step")
    IMPORT = "import", _("Import")
    REPORT = "report", _("Printout")


class JobState(models.TextChoices):
    """How far long work is."""

    WAITING = "waiting", _("Waiting to start")
    RUNNING = "running", pgettext_lazy("job", "Under way")
    CHECKED = "checked", _("Checked")
    DONE = "done", _("Done")
    FAILED = "failed", pgettext_lazy("job", "Failed")


class Job(models.Model):
    """Long work that a person started: it goes on when they leave the page, and only they see it."""

    kind = models.CharField(max_length=8, choices=JobKind.choices)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.WAITING)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    params = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    source = models.FileField(upload_to="jobs/%Y/%m", blank=True)
    file = models.FileField(upload_to="jobs/%Y/%m", blank=True)
    message = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["user", "-id"], name="job_user")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.title}"

    @property
    def is_over(self) -> bool:
        """Say whether nothing more will happen by itself."""
        return self.state in {JobState.CHECKED, JobState.DONE, JobState.FAILED}


class Decision(models.TextChoices):
    """What a person says about a record that a row may be."""

    OPEN = "", _("Not decided")
    SAME = "same", _("The same")
    OTHER = "other", _("Another one")


class Suggestion(models.Model):
    """A record on file that a row of an import may be, though its code does not say so; a person decides.

    `said` and `filed` are what the two say of themselves, side by side; `rank` is higher the more they agree in.
    """

    job = models.ForeignKey(Job, models.CASCADE, related_name="suggestions")
    row_no = models.PositiveIntegerField()
    found_id = models.BigIntegerField()
    found_key = models.CharField(max_length=60)
    rank = models.PositiveSmallIntegerField()
    said = models.JSONField()
    filed = models.JSONField()
    decision = models.CharField(max_length=5, choices=Decision.choices, default="", blank=True)
    # Whether the last check has taken the decision into account.
    is_applied = models.BooleanField(default=False)

    class Meta:
        ordering = ["row_no", "-rank", "found_id"]
        constraints = [
            models.UniqueConstraint(fields=["job", "row_no", "found_id"], name="listings_suggestion_once")
        ]

    def __str__(self) -> str:
        return f"{self.row_no} {self.found_key}"
