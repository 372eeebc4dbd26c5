"""Addresses of self-check lists."""

from django.urls import path

from inspections.self_checks.views import checking, lists, pages, verbs

urlpatterns = [
    path("self-checks/", lists.SelfCheckLists.as_view(), name="self_check_lists"),
    path("self-checks/now/", checking.self_check, name="self_check"),
    path("self-checks/compose/", pages.compose_list, name="compose_list"),
    path("self-checks/<int:pk>/", pages.self_check_list, name="self_check_list"),
    path("self-checks/<int:pk>/check/", checking.begin_self_check, name="begin_self_check"),
    path("self-checks/<int:pk>/all-well/", checking.report_all_well, name="report_all_well"),
    path("self-checks/<int:pk>/take-items/", pages.take_list_items, name="take_list_items"),
    path("self-checks/<int:pk>/own-item/", pages.write_own_item, name="write_own_item"),
    path("self-checks/<int:pk>/assign/", pages.assign_lines, name="assign_lines"),
    path("self-checks/<int:pk>/remove/", pages.remove_lines, name="remove_lines"),
    *(path(f"self-checks/<int:pk>/{name}/", view, name=name) for name, view in verbs.VIEWS.items()),
]
