from django.urls import path

from enterprises.importing import ENTERPRISES
from enterprises.views import lists, pages
from listings.views_import import ImportPage

app_name = "enterprises"
urlpatterns = [
    path("", lists.EnterpriseList.as_view(), name="list"),
    path("new/", pages.create, name="create"),
    path("import/", ImportPage.as_view(spec=ENTERPRISES), name="import"),
    path("search/", pages.search, name="search"),
    path("similar/", pages.similar, name="similar"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/edit/", pages.edit, name="edit"),
]
