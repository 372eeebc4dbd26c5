"""One street lamp."""

from django.db import models

from lifecycle.models import Stateful
from regions.models import Placed
from regions.querysets import RegionScopedQuerySet


class Lamp(Placed, Stateful):
    """A lamp at a place, with the part that it may need."""

    name = models.CharField(max_length=40)
    note = models.CharField(max_length=200, blank=True)
    has_part = models.BooleanField(default=False)
    told = models.CharField(max_length=200, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "lamp"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/lamps/{self.pk}/"
