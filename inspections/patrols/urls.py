"""Addresses of patrols."""

from django.urls import path

from inspections.patrols.views import lists, pages

urlpatterns = [
    path("patrols/", lists.StopList.as_view(), name="patrols"),
    path("patrols/due/", pages.patrols_due, name="patrols_due"),
    path("patrols/stops/<int:pk>/begin/", pages.begin_patrol, name="begin_patrol"),
    path("patrols/routes/", lists.RouteList.as_view(), name="routes"),
    path("patrols/routes/new/", pages.draw_route, name="draw_route"),
    path("patrols/routes/<int:pk>/", pages.route, name="route"),
    path("patrols/routes/<int:pk>/edit/", pages.change_route, name="change_route"),
    path("patrols/routes/<int:pk>/end/", pages.end_route, name="end_route"),
]
