"""The addresses of major hazard sources, below those of enterprises."""

from django.urls import path

from enterprises.sources.views import lists, pages, verbs

SOURCE_URLS = [
    path("sources/", lists.SourceList.as_view(), name="sources"),
    path("sources/<int:pk>/", pages.source, name="source"),
    path("<int:pk>/sources/new/", pages.source_new, name="source_new"),
    *(path(f"sources/<int:pk>/{name}/", view, name=name) for name, view in verbs.VIEWS.items()),
]
