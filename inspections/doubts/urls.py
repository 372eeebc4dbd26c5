"""Addresses of doubts."""

from django.urls import path

from inspections.doubts import lists, views

urlpatterns = [
    path("doubts/", lists.DoubtList.as_view(), name="doubts"),
    path("doubts/<int:pk>/", views.doubt, name="doubt"),
    *(path(f"doubts/<int:pk>/{name}/", view, name=name) for name, view in views.VIEWS.items()),
]
