"""Addresses of the library."""

from django.urls import path

from inspections.library.views import editing, lists, pages, verbs

urlpatterns = [
    path("library/", lists.ItemList.as_view(), name="library"),
    path("library/import/", editing.LibraryImport.as_view(), name="import_library"),
    path("library/reviews/", editing.reference_reviews, name="reference_reviews"),
    path("library/reviews/<int:pk>/", editing.review_reference, name="review_reference"),
    path("items/<int:pk>/", pages.item, name="item"),
    path("checklists/", lists.ChecklistList.as_view(), name="checklists"),
    path("checklists/new/", editing.draft_checklist, name="draft_checklist"),
    path("checklists/<int:pk>/", pages.checklist, name="checklist"),
    path("checklists/<int:pk>/edit/", editing.change_checklist, name="change_checklist"),
    path("checklists/<int:pk>/draft/", editing.draft_edition, name="draft_edition"),
    path("editions/<int:pk>/", pages.edition, name="edition"),
    path("editions/<int:pk>/sheet/", pages.edition_sheet, name="edition_sheet"),
    path("editions/<int:pk>/difference/", pages.edition_difference, name="edition_difference"),
    path("editions/<int:pk>/take-items/", editing.take_items, name="take_items"),
    path("editions/<int:pk>/items/new/", editing.add_item, name="add_item"),
    path("editions/<int:pk>/items/<int:item>/", editing.change_item, name="change_item"),
    path("editions/<int:pk>/items/<int:item>/remove/", editing.remove_item, name="remove_item"),
    path("editions/<int:pk>/items/<int:item>/move/", editing.move_item, name="move_item"),
    *(path(f"editions/<int:pk>/{name}/", view, name=name) for name, view in verbs.VIEWS.items()),
]
