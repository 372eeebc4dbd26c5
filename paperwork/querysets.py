"""Which documents."""

from regions.querysets import RegionScopedQuerySet
from regions.scope import ScopeFields


class IssuedDocumentQuerySet(RegionScopedQuerySet):
    """Documents of a place, and those addressed to one's own enterprise."""

    scope_fields = ScopeFields(enterprise="enterprise_id")

    def without_bytes(self) -> "IssuedDocumentQuerySet":
        """Leave the files where they are."""
        return self.defer("pdf", "docx", "facts")
