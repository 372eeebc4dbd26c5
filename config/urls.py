"""The URL root: each app under its own first word."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("regions/", include("regions.urls")),
    path("account/", include("accounts.urls")),
    path("account/", include("allauth.urls")),
    path("rulebook/", include("rulebook.urls")),
    path("files/", include("attachments.urls")),
    path("documents/", include("paperwork.urls")),
    path("lists/", include("listings.urls")),
    path("enterprises/", include("enterprises.urls")),
    path("hazards/", include("hazards.urls")),
    path("analytics/", include("analytics.urls")),
    path("", include("paperwork.public_urls")),
    path("", include("inbox.urls")),
]
