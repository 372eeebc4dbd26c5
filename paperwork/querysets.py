"""Which documents."""

from typing import Self

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from regions.querysets import RegionScopedQuerySet
from regions.scope import ScopeFields


class IssuedDocumentQuerySet(RegionScopedQuerySet):
    """Documents of a place, and those addressed to one's own enterprise."""

    scope_fields = ScopeFields(enterprise="enterprise_id")

    def without_bytes(self) -> Self:
        """Leave the files where they are."""
        return self.defer("pdf", "docx", "facts")

    def about(self, target: Model) -> Self:
        """Documents issued about this record."""
        return self.filter(target_type=ContentType.objects.get_for_model(target), target_id=target.pk)

    def standing(self) -> Self:
        """Documents that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class ServiceReceiptQuerySet(RegionScopedQuerySet):
    """Who sees a document sees how it was served."""

    scope_fields = ScopeFields(prefix="document", enterprise="document__enterprise_id")
