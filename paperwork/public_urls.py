"""Addresses that anyone may open: the check of an issued document."""

from django.urls import path

from paperwork import views

urlpatterns = [
    path("v/", views.verify_code, name="verify_code"),
    path("v/<str:code>/", views.verify, name="verify_document"),
]
