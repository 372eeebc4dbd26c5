"""Addresses that anyone may open: the check of an issued document."""

from django.urls import path

from paperwork import views

urlpatterns = [path("v/<str:code>/", views.verify, name="verify_document")]
