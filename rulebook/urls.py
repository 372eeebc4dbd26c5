from django.urls import path

from rulebook import views

app_name = "rulebook"
urlpatterns = [
    path("", views.index, name="index"),
    path("numbers/", views.numbers, name="numbers"),
    path("unconfirmed/", views.unconfirmed, name="unconfirmed"),
    path("<str:short_id>/", views.law, name="law"),
    path("<str:short_id>/<slug:key>/", views.article, name="article"),
]
