from django.urls import path

from enterprises.views import lists, pages

app_name = "enterprises"
urlpatterns = [
    path("", lists.EnterpriseList.as_view(), name="list"),
    path("new/", pages.create, name="create"),
    path("search/", pages.search, name="search"),
    path("similar/", pages.similar, name="similar"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/edit/", pages.edit, name="edit"),
]
