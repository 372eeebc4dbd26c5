from django.urls import path

from paperwork import views

app_name = "paperwork"
urlpatterns = [
    path("<int:pk>/", views.document, name="document"),
    path("<int:pk>/<str:kind>/", views.download, name="download"),
]
