"""Reading documents for other pages."""

from django.db.models import Model

from accounts.models import User
from paperwork.models import IssuedDocument
from paperwork.querysets import IssuedDocumentQuerySet


def documents_of(target: Model, viewer: User) -> IssuedDocumentQuerySet:
    """Return the documents about a record that the viewer may see, newest first, without their bytes."""
    rows = IssuedDocument.objects.visible_to(viewer).about(target).without_bytes()
    return rows.select_related("organisation")
