from django.urls import path

from attachments import views

app_name = "attachments"
urlpatterns = [
    path("waiting/", views.waiting, name="waiting"),
    path("<int:pk>/", views.original, name="open"),
    path("<int:pk>/show/", views.show, name="show"),
    path("<int:pk>/thumbnail/", views.thumbnail, name="thumbnail"),
]
