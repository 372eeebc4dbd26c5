from django.urls import path

from listings import views, views_import

app_name = "listings"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("jobs/<int:pk>/", views.job, name="job"),
    path("jobs/<int:pk>/file/", views.job_file, name="job_file"),
    path("imports/<int:pk>/", views_import.import_job, name="import_job"),
    path("imports/<int:pk>/apply/", views_import.apply, name="apply_import"),
    path("imports/<int:pk>/check/", views_import.recheck, name="recheck_import"),
    path("imports/<int:pk>/suggestions/", views_import.import_suggestions, name="import_suggestions"),
    path("imports/<int:pk>/decide/", views_import.decide_suggestion, name="decide_suggestion"),
    path("imports/<int:pk>/discard/", views_import.discard, name="discard_import"),
]
