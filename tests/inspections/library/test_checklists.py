"""A checklist as people know it: corrected by who keeps the library, its code for good; and whom its editions tell."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from audit.models import Entry
from deadlines.sweeping import sweep
from inbox.models import Message
from inbox.outbox import dispatch
from inspections import services as verbs
from inspections.library import services
from inspections.models import Checklist
from tests.factories.library import draft, published
from tests.people import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def checklist(people) -> Checklist:
    return published(people, code="dust", title="粉尘检查表").checklist


def change(checklist, people, **facts) -> Checklist:
    return services.change_checklist(checklist, facts=facts, by=people.city, at=AT)


def test_what_it_is_called_and_to_whom_it_is_proposed_is_corrected_on_record(checklist, people):
    changed = change(checklist, people, title="粉尘涉爆检查表", risk_tags=["dust"])

    assert (changed.title, changed.risk_tags, changed.code) == ("粉尘涉爆检查表", ["dust"], "dust")
    assert Entry.objects.filter(verb="inspections.change_checklist", actor=people.city).count() == 1


@pytest.mark.parametrize("facts", [{"title": ""}, {"title": "表" * 121}, {"risk_tags": ["ghosts"]}])
def test_a_correction_that_cannot_be_changes_nothing(checklist, people, facts):
    with pytest.raises(ValidationError):
        change(checklist, people, **facts)
    checklist.refresh_from_db()
    assert (checklist.title, checklist.risk_tags) == ("粉尘检查表", [])


@pytest.mark.parametrize("who", ["town", "officer", "enterprise", "expert"])
def test_readers_correct_nothing(checklist, people, who):
    with pytest.raises(PermissionDenied):
        services.change_checklist(checklist, facts={"title": "我的"}, by=getattr(people, who), at=AT)


def test_the_form_does_not_ask_for_the_code_again(checklist, people, sign_in):
    browser, url = sign_in(people.city), reverse("inspections:change_checklist", args=[checklist.pk])
    assert "code" not in browser.get(url).context["form"].fields

    said = {"code": "other", "title": "粉尘涉爆检查表", "purpose": "enterprise"}
    assert browser.post(url, said).status_code == 302

    checklist.refresh_from_db()
    assert (checklist.code, checklist.title) == ("dust", "粉尘涉爆检查表")


def test_a_form_without_a_title_is_shown_again(checklist, people, sign_in):
    url = reverse("inspections:change_checklist", args=[checklist.pk])

    assert sign_in(people.city).post(url, {"purpose": "enterprise"}).status_code == 422


def test_whoever_only_reads_is_not_given_the_form(checklist, people, sign_in):
    url = reverse("inspections:change_checklist", args=[checklist.pk])

    assert sign_in(people.town).get(url).status_code == 403


def test_an_edition_is_given_as_a_workbook_under_its_title(checklist, people, sign_in):
    answer = sign_in(people.town).get(
        reverse("inspections:edition_sheet", args=[checklist.editions.get().pk])
    )

    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")
    assert "attachment" in answer.headers["Content-Disposition"]


# Who is told


def told(code: str, at=AT) -> set[str]:
    dispatch(at=at)
    rows = Message.objects.filter(code=f"inspections.{code}")
    return set(rows.values_list("user__username", flat=True))


def test_a_draft_handed_in_is_told_to_the_reviewers_but_not_to_its_author(people):
    people.legal.post_set.update(region_id="3705")
    verbs.submit_edition(draft(people), by=people.city, at=AT)

    assert told("edition_submitted") == {"legal"}


def test_its_author_is_told_what_came_of_it(people):
    edition = verbs.submit_edition(draft(people), by=people.city, at=AT)
    back = verbs.return_edition(edition, reason="缺依据", by=people.legal, at=AT)
    assert told("edition_returned") == {"city"}

    again = verbs.submit_edition(back, by=people.city, at=AT + timedelta(minutes=1))
    verbs.publish_edition(again, by=people.legal, at=AT + timedelta(minutes=2))
    assert told("edition_published", AT + timedelta(minutes=3)) == {"city"}


def test_a_review_that_is_late_is_told_to_the_city(people):
    people.legal.post_set.update(region_id="3705")
    verbs.submit_edition(draft(people), by=people.city, at=AT)
    late = AT + timedelta(days=60)
    sweep(late)

    assert told("edition_neglected", late) == {"legal"}
