from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/delegations/<int:pk>/end/", views.end_delegation, name="end_delegation"),
    path("me/sessions/<int:pk>/end/", views.end_session, name="end_session"),
    path("language/", views.language, name="language"),
]
