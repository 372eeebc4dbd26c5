"""Addresses of the figures."""

from django.urls import path

from inspections.figures import lists, views

urlpatterns = [
    path("conduct/", views.conduct, name="conduct"),
    path("conduct/enterprises/", lists.StandingList.as_view(), name="standings"),
]
