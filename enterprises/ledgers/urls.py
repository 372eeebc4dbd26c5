"""The addresses of the ledgers."""

from django.urls import path

from enterprises.views import ledgers

LEDGER_URLS = [
    path("ledgers/<slug:code>/", ledgers.ledger_list, name="ledger_list"),
    path("ledgers/<slug:code>/import/", ledgers.ledger_import, name="ledger_import"),
    path("<int:pk>/ledgers/<slug:code>/", ledgers.ledger, name="ledger"),
    path("<int:pk>/ledgers/<slug:code>/add/", ledgers.ledger_add, name="ledger_add"),
    path("<int:pk>/ledgers/<slug:code>/<int:row>/", ledgers.ledger_edit, name="ledger_edit"),
    path("<int:pk>/ledgers/<slug:code>/<int:row>/remove/", ledgers.ledger_remove, name="ledger_remove"),
]
