"""Addresses of the supervision of government."""

from django.urls import path

from inspections.supervision import lists, views

urlpatterns = [
    path("supervision/", lists.OrderList.as_view(), name="orders"),
    path("supervision/new/", views.supervise, name="supervise"),
    path("supervision/<int:pk>/", views.order, name="order"),
    path("visits/<int:pk>/problem/", views.find_problem, name="find_problem"),
    path(
        "visits/<int:pk>/problem/<int:problem>/take-back/", views.take_back_problem, name="take_back_problem"
    ),
    path("visits/<int:pk>/hazard-nearby/", views.find_hazard_nearby, name="find_hazard_nearby"),
    path("visits/<int:pk>/issue-order/", views.issue_order, name="issue_order"),
    *(path(f"supervision/<int:pk>/{name}/", view, name=name) for name, view in views.VIEWS.items()),
]
