from django.urls import path

from paperwork import views

app_name = "paperwork"
urlpatterns = [
    path("<int:pk>/", views.document, name="document"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/record-service/", views.record_service, name="record_service"),
    path("<int:pk>/try-again/", views.try_again, name="try_again"),
    path("<int:pk>/<str:kind>/", views.download, name="download"),
]
