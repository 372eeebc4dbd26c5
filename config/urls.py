"""The URL root: each app under its own first word."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from config.guide import help_page
from enterprises.api.endpoints import api
from enterprises.views.api_page import api_page
from enterprises.views.plate import plate_page
from hazards.views.governance import listed_hazards

# One door for everybody: the administration has no sign-in and no password form of its own.
admin.site.login = secure_admin_login(admin.site.login)
admin.site.site_header = admin.site.site_title = _("Administration of Shouwang")
admin.site.index_title = _("Administration")

urlpatterns = [
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("admin/", admin.site.urls),
    path("regions/", include("regions.urls")),
    path("account/", include("accounts.urls")),
    path("account/", include("accounts.door_urls")),
    path("audit/", include("audit.urls")),
    path("rulebook/", include("rulebook.urls")),
    path("files/", include("attachments.urls")),
    path("documents/", include("paperwork.urls")),
    path("lists/", include("listings.urls")),
    path("enterprises/", include("enterprises.urls")),
    path("e/<slug:token>/", plate_page, name="plate"),
    path("api/v1/", api_page, name="api_page"),
    path("api/v1/", api.urls),
    path("hazards/", include("hazards.urls")),
    path("inspections/", include("inspections.urls")),
    path("analytics/", include("analytics.urls")),
    # Anyone may read which major hazards are listed for supervision.
    path("listed-hazards/", listed_hazards, name="listed_hazards"),
    path("help/", help_page, name="help"),
    path("", include("paperwork.public_urls")),
    path("", include("inbox.urls")),
]

if settings.BENCH:
    urlpatterns.insert(0, path("bench/", include("bench.urls")))
