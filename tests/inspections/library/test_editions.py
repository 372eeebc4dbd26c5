"""Editions: drafted, reviewed by somebody else, published, replaced, withdrawn."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from deadlines.models import Deadline
from inspections import services as verbs
from inspections.library import services
from inspections.models import CheckItem, Edition
from lifecycle.refusals import NotPermitted, VerbRefused
from tests.factories.library import add, draft, items_of, publish, published, reword

LATER = timedelta(days=3)


def test_a_new_checklist_begins_with_an_empty_first_draft(people, at):
    edition = draft(people, items=0)

    assert (edition.number, edition.state, edition.item_count) == (1, "draft", 0)
    assert edition.drafted_by == people.city


def test_whoever_does_not_keep_the_library_opens_no_checklist(people, at):
    facts = {"code": "mine", "title": "我的检查表"}

    with pytest.raises(PermissionDenied):
        services.draft_checklist(facts=facts, by=people.town, at=at)


def test_a_code_that_is_taken_is_refused(people, at):
    draft(people, code="dust-list")

    with pytest.raises(ValidationError):
        draft(people, code="dust-list")


def test_an_empty_draft_is_not_handed_in(people, at):
    with pytest.raises(VerbRefused, match="."):
        verbs.submit_edition(draft(people, items=0), by=people.city, at=at)


def test_a_review_has_a_clock_on_the_list_of_the_city(people, at):
    edition = verbs.submit_edition(draft(people), by=people.city, at=at)

    clock = Deadline.objects.of(edition).get()
    assert (clock.rule, clock.region_id) == ("inspections.review_edition", "3705")
    assert Deadline.objects.visible_to(people.city).filter(pk=clock.pk).exists()


def test_whoever_drafted_does_not_publish(people, at):
    edition = verbs.submit_edition(draft(people), by=people.city, at=at)

    with pytest.raises(VerbRefused):
        verbs.publish_edition(edition, by=people.city, at=at)


def test_publishing_puts_the_items_into_the_library(people, at):
    edition = draft(people, items=2)
    assert not CheckItem.objects.in_library().exists()

    publish(edition, people)

    assert CheckItem.objects.in_library().count() == 2
    edition.refresh_from_db()
    assert (edition.state, edition.published_at, edition.reviewed_by) == ("published", at, people.legal)


def test_a_returned_draft_keeps_the_reason_on_record(people, at):
    edition = verbs.submit_edition(draft(people), by=people.city, at=at)

    back = verbs.return_edition(edition, reason="第二项没有依据", by=people.legal, at=at)

    assert back.state == "draft"
    with pytest.raises(VerbRefused):
        verbs.return_edition(
            verbs.submit_edition(back, by=people.city, at=at), reason=" ", by=people.legal, at=at
        )


def test_the_next_edition_begins_with_the_lines_of_the_last(people, at):
    first = published(people, items=3)

    second = verbs.draft_edition(first.checklist, by=people.city, at=at + LATER)

    assert (second.number, second.item_count) == (2, 3)
    assert items_of(second) == items_of(first)


def test_two_editions_are_not_drafted_side_by_side(people, at):
    first = published(people)
    verbs.draft_edition(first.checklist, by=people.city, at=at)

    with pytest.raises(ValidationError):
        verbs.draft_edition(first.checklist, by=people.city, at=at)


def test_publishing_the_next_edition_withdraws_the_one_before(people, at):
    first = published(people)
    second = publish(verbs.draft_edition(first.checklist, by=people.city, at=at), people, at=at + LATER)

    first.refresh_from_db()
    assert (first.state, first.withdrawn_at, second.state) == ("withdrawn", at + LATER, "published")


def test_a_reworded_item_replaces_the_old_one_only_when_it_is_published(people, at):
    first = published(people, items=1)
    old = items_of(first)[0]
    second = verbs.draft_edition(first.checklist, by=people.city, at=at)
    new = reword(second, old, people, content="有较大危险因素的场所设有明显的警示标志")
    assert list(CheckItem.objects.in_library()) == [old]

    publish(second, people, at=at + LATER)

    old.refresh_from_db()
    assert list(CheckItem.objects.in_library()) == [new]
    assert (old.retired_at, new.replaces, new.code) == (at + LATER, old, old.code)


def test_the_old_edition_keeps_the_old_wording(people, at):
    first = published(people, items=1)
    old = items_of(first)[0]
    second = verbs.draft_edition(first.checklist, by=people.city, at=at)
    reword(second, old, people, content="新的要求")
    publish(second, people)

    assert [item.content for item in items_of(first)] == [old.content]


def test_another_checklist_takes_the_newest_wording_into_its_next_edition(people, at):
    first, other = published(people, items=1), draft(people, items=0)
    old = items_of(first)[0]
    services.take_items(other, items=[old], by=people.city, at=at)
    publish(other, people)
    second = verbs.draft_edition(first.checklist, by=people.city, at=at)
    new = reword(second, old, people, content="新的要求")
    publish(second, people)
    assert items_of(other) == [old]

    following = verbs.draft_edition(other.checklist, by=people.city, at=at)

    assert items_of(following) == [new]


def test_two_drafts_that_reword_one_item_do_not_both_win(people, at):
    first, other = published(people, items=1), draft(people, items=0)
    old = items_of(first)[0]
    services.take_items(other, items=[old], by=people.city, at=at)
    reword(other, old, people, content="另一种说法")
    second = verbs.draft_edition(first.checklist, by=people.city, at=at)
    reword(second, old, people, content="新的要求")
    publish(second, people)

    with pytest.raises(ValidationError, match=old.code):
        publish(other, people)


def test_two_drafts_do_not_both_bring_the_same_code(people, at):
    one, two = draft(people, items=0), draft(people, items=0)
    add(one, people, code="SAME-1")
    add(two, people, code="SAME-1")
    publish(one, people)

    with pytest.raises(ValidationError, match="SAME-1"):
        publish(two, people)


def test_withdrawing_takes_the_checklist_out_of_use(people, at):
    edition = published(people)

    verbs.withdraw_edition(edition, reason="标准已经废止", by=people.legal, at=at)

    assert not Edition.objects.visible_to(people.town).filter(state="published").exists()
    assert Edition.objects.visible_to(people.town).get() == edition


def test_readers_see_no_draft(people, at):
    edition = draft(people)

    assert not Edition.objects.visible_to(people.officer).exists()
    assert Edition.objects.visible_to(people.legal).get() == edition


def test_an_officer_publishes_nothing(people, at):
    edition = verbs.submit_edition(draft(people), by=people.city, at=at)

    with pytest.raises(Edition.DoesNotExist):
        verbs.publish_edition(edition, by=people.officer, at=at)
    with pytest.raises(NotPermitted):
        verbs.withdraw_edition(published(people), reason="不需要", by=people.officer, at=at)
