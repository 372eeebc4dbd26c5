from django.urls import path

from enterprises.truth import lists, views

TRUTH_URLS = [
    path("<int:pk>/confirm/<slug:group>/", views.confirm, name="confirm"),
    path("<int:pk>/quality/", views.quality, name="quality_of"),
    path("changes/", lists.ChangeRequestList.as_view(), name="changes"),
    path("changes/<int:pk>/", views.change_request, name="change_request"),
    *(path(f"changes/<int:pk>/{name}/", views.VIEWS[name], name=name) for name in views.CHANGE_FORMS),
    path("conflicts/", lists.ConflictList.as_view(), name="conflicts"),
    path("conflicts/<int:pk>/", views.conflict, name="conflict"),
    *(path(f"conflicts/<int:pk>/{name}/", views.VIEWS[name], name=name) for name in views.CONFLICT_FORMS),
    path("quality/", lists.QualityList.as_view(), name="quality"),
    path("quality/districts/", lists.districts, name="quality_districts"),
]
