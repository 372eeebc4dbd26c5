from django.urls import path

from listings import views

app_name = "listings"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("jobs/<int:pk>/", views.job, name="job"),
    path("jobs/<int:pk>/file/", views.job_file, name="job_file"),
]
