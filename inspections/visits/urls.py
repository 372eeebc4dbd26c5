"""Addresses of visits."""

from django.urls import path

from inspections.visits.views import lists, onsite, pages, planning, verbs

urlpatterns = [
    path("visits/", lists.VisitList.as_view(), name="visits"),
    path("visits/plan/", planning.plan_visit, name="plan_visit"),
    path("visits/open/", planning.open_visit, name="open_visit"),
    path("visits/<int:pk>/", pages.visit, name="visit"),
    path("visits/<int:pk>/check/", onsite.check, name="check"),
    path("visits/<int:pk>/check/<int:item>/", onsite.answer, name="answer"),
    path("visits/<int:pk>/answer-rest/", onsite.answer_rest, name="answer_rest"),
    path("visits/<int:pk>/hazard/", onsite.find_hazard, name="find_hazard"),
    path("visits/<int:pk>/facts/", onsite.confirm_visit_facts, name="confirm_visit_facts"),
    path("visits/<int:pk>/sign/", onsite.sign, name="sign"),
    path("visits/<int:pk>/refuse-signature/", onsite.refuse_signature, name="refuse_signature"),
    *(path(f"visits/<int:pk>/{name}/", view, name=name) for name, view in verbs.VIEWS.items()),
]
