from django.urls import path

from hazards.views import governance, lists, pages, verbs

app_name = "hazards"
urlpatterns = [
    path("", lists.HazardList.as_view(), name="list"),
    path("listings/", governance.Listings.as_view(), name="listings"),
    path("listings/quarter/", governance.quarter, name="quarter"),
    path("major/", governance.MajorLedger.as_view(), name="major_ledger"),
    path("report/", pages.report, name="report"),
    path("similar/", pages.similar, name="similar"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/issue-notice/", pages.issue_notice, name="issue_notice"),
    *(path(f"<int:pk>/{name}/", view, name=name) for name, view in verbs.VIEWS.items()),
]
