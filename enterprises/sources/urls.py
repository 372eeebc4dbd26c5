"""The addresses of major hazard sources, below those of enterprises."""

from django.urls import path

from enterprises.sources.copies import views as copies
from enterprises.sources.views import lists, pages, verbs

SOURCE_URLS = [
    path("sources/", lists.SourceList.as_view(), name="sources"),
    path("sources/<int:pk>/", pages.source, name="source"),
    path("sources/<int:pk>/print/", pages.print_source, name="print_source"),
    path("<int:pk>/sources/new/", pages.source_new, name="source_new"),
    path("sources/copies/", copies.SourceCopyList.as_view(), name="source_copies"),
    path("sources/copies/<int:pk>/", copies.source_copy, name="source_copy"),
    *(path(f"sources/copies/<int:pk>/{name}/", view, name=name) for name, view in copies.VIEWS.items()),
    *(path(f"sources/<int:pk>/{name}/", view, name=name) for name, view in verbs.VIEWS.items()),
]
