from django.urls import path

from enterprises.importing import CITY, ENTERPRISES, SOURCES
from enterprises.ledgers.urls import LEDGER_URLS
from enterprises.life.urls import LIFE_URLS
from enterprises.sources.urls import SOURCE_URLS
from enterprises.truth.urls import TRUTH_URLS
from enterprises.views import lists, pages
from enterprises.views.file import print_file
from enterprises.views.map import MapPage, map_points, outlines
from enterprises.views.plate import plate
from enterprises.views.registrations import VERBS as REGISTRATION_VERBS
from enterprises.views.registrations import RegistrationList, registration
from enterprises.views.unmask import unmask
from listings.views_import import ImportPage

app_name = "enterprises"
urlpatterns = [
    *TRUTH_URLS,
    *LEDGER_URLS,
    *SOURCE_URLS,
    *LIFE_URLS,
    path("", lists.EnterpriseList.as_view(), name="list"),
    path("new/", pages.create, name="create"),
    path("import/", ImportPage.as_view(spec=ENTERPRISES), name="import"),
    path("import/city/", ImportPage.as_view(spec=CITY), name="import_city"),
    path("sources/import/", ImportPage.as_view(spec=SOURCES), name="import_sources"),
    path("search/", pages.search, name="search"),
    path("grids/", pages.grids, name="grids"),
    path("similar/", pages.similar, name="similar"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/edit/", pages.edit, name="edit"),
    path("<int:pk>/print/", print_file, name="print_file"),
    path("<int:pk>/unmask/<slug:fact>/", unmask, name="unmask"),
    # find: map, door plate, notices of the registry
    path("map/", MapPage.as_view(), name="map"),
    path("map/points/", map_points, name="map_points"),
    path("map/outlines/", outlines, name="outlines"),
    path("<int:pk>/plate/", plate, name="plate"),
    path("registrations/", RegistrationList.as_view(), name="registrations"),
    path("registrations/<int:pk>/", registration, name="registration"),
    *(path(f"registrations/<int:pk>/{name}/", view, name=name) for name, view in REGISTRATION_VERBS.items()),
]
