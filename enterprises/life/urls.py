from django.urls import path

from enterprises.life import verbs
from enterprises.life.lists import TransferList
from enterprises.views import life

LIFE_URLS = [
    *(path(f"<int:pk>/{name}/", view, name=name) for name, view in verbs.VIEWS.items()),
    path("<int:pk>/merge/", life.merge, name="merge"),
    path("<int:pk>/hand_over/", life.hand_over, name="hand_over"),
    path("merges/<int:pk>/part/", life.part, name="part"),
    path("transfers/", TransferList.as_view(), name="transfers"),
    path("transfers/<int:pk>/", life.transfer, name="transfer"),
    *(path(f"transfers/<int:pk>/{name}/", view, name=name) for name, view in verbs.TRANSFER_VIEWS.items()),
]
