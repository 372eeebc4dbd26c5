"""Addresses of checklists and visits; each part keeps its own."""

from inspections.doubts.urls import urlpatterns as doubts
from inspections.figures.urls import urlpatterns as figures
from inspections.library.urls import urlpatterns as library
from inspections.patrols.urls import urlpatterns as patrols
from inspections.self_checks.urls import urlpatterns as self_checks
from inspections.supervision.urls import urlpatterns as supervision
from inspections.visits.urls import urlpatterns as visits

app_name = "inspections"
urlpatterns: list = [
    *doubts,
    *figures,
    *library,
    *patrols,
    *self_checks,
    *visits,
    *supervision,
]
