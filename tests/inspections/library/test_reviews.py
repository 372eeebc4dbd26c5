"""A law is amended: the items behind it are listed, read again, and reworded where they must be."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from deadlines.models import Deadline
from deadlines.sweeping import sweep
from inbox.models import Message
from inbox.outbox import dispatch
from inbox.worklist import lines, owed
from inspections.library import services
from inspections.library.selectors import reviews_waiting, text_before
from inspections.models import ReferenceReview
from inspections.tasks import find_new_texts as task
from lifecycle.refusals import AlreadyDone
from rulebook.loading import import_law
from rulebook.models import Article, Law
from tests.factories.library import draft, items_of, published

NEW_DAY = date(2026, 7, 1)


@pytest.fixture
def law(people) -> Law:
    """A law of three articles."""
    law = Law.objects.create(short_id="TEST-L", title="试验条例", mark="V", in_force_from=date(2020, 1, 1))
    import_law(text("甲", "乙", "丙"), law=law, valid_from=date(2020, 1, 1))
    return law


def text(*words: str) -> str:
    """A law in Markdown with these articles."""
    return "\n\n".join(f"第{number}条 {each}。" for number, each in zip("一二三", words, strict=False))


def amend(law: Law, *words: str, day: date = NEW_DAY) -> None:
    import_law(text(*words), law=law, valid_from=day)


def test_an_item_whose_article_got_a_new_text_is_listed_once(people, law, at):
    edition = published(people, items=1, law="TEST-L:2")
    amend(law, "甲", "乙改", "丙")

    assert services.find_new_texts(at=at) == 1
    assert services.find_new_texts(at=at) == 0
    review = reviews_waiting().get()
    assert (review.reference.item, review.article.text) == (items_of(edition)[0], "乙改。")
    assert text_before(review).text == "乙。"


def test_an_item_whose_article_stayed_is_not_listed(people, law, at):
    published(people, items=1, law="TEST-L:1")
    amend(law, "甲", "乙改", "丙")

    assert services.find_new_texts(at=at) == 0


def test_a_repealed_article_is_listed(people, law, at):
    published(people, items=1, law="TEST-L:3")
    amend(law, "甲", "乙")

    assert services.find_new_texts(at=at) == 1


def test_an_item_written_after_the_new_text_is_not_listed(people, law, at):
    amend(law, "甲", "乙改", "丙", day=date(2026, 3, 1))
    published(people, items=1, law="TEST-L:2")

    assert services.find_new_texts(at=at) == 0


def test_what_is_only_drafted_is_not_listed(people, law, at):
    draft(people, items=1, law="TEST-L:2")
    amend(law, "甲", "乙改", "丙")

    assert services.find_new_texts(at=at) == 0


def test_however_many_references_are_listed_it_asks_no_more(people, law, at, django_assert_max_num_queries):
    published(people, items=12, law="TEST-L:2;TEST-L:3")
    amend(law, "甲", "乙改", "丙改")

    with django_assert_max_num_queries(16):
        assert services.find_new_texts(at=at) == 24


def test_an_amendment_is_told_to_the_library_after_commit(
    people, law, monkeypatch, django_capture_on_commit_callbacks
):
    asked = []
    monkeypatch.setattr(task, "delay", lambda: asked.append("again"))

    with django_capture_on_commit_callbacks(execute=True):
        amend(law, "甲", "乙改", "丙")

    assert asked == ["again"]


def test_the_night_finds_what_was_edited_by_hand(people, law):
    published(people, items=1, law="TEST-L:2")
    Article.objects.filter(law=law, number=2).update(valid_to=date(2026, 6, 30))
    Article.objects.create(law=law, number=2, label="第二条", text="乙改。", valid_from=NEW_DAY)

    task()

    assert ReferenceReview.objects.count() == 1


@pytest.fixture
def review(people, law, at) -> ReferenceReview:
    """A reference that waits."""
    published(people, items=1, law="TEST-L:2")
    amend(law, "甲", "乙改", "丙")
    services.find_new_texts(at=at)
    return ReferenceReview.objects.get()


def test_what_still_holds_is_put_on_record_and_waits_no_longer(people, review, at):
    services.review_reference(review, still_holds=True, by=people.legal, at=at, note="要求未变")

    review.refresh_from_db()
    assert (review.still_holds, review.reviewed_by, review.note) == (True, people.legal, "要求未变")
    assert not reviews_waiting().exists()


def test_two_people_do_not_both_answer(people, review, at):
    services.review_reference(review, still_holds=True, by=people.legal, at=at)

    with pytest.raises(AlreadyDone):
        services.review_reference(review, still_holds=False, by=people.city, at=at + timedelta(minutes=1))


def test_a_reader_does_not_answer(people, review, at):
    with pytest.raises(PermissionDenied):
        services.review_reference(review, still_holds=True, by=people.officer, at=at)


def work_of(person):
    return [line.row for line in lines(list(owed(person.scope.entries, person=person)), user=person)]


def test_an_amended_law_has_one_clock_and_one_line_for_whoever_keeps_the_library(people, law, at):
    published(people, items=2, law="TEST-L:2;TEST-L:3")
    amend(law, "甲", "乙改", "丙改")
    services.find_new_texts(at=at)
    services.find_new_texts(at=at)

    clock = Deadline.objects.of(law).open().get()
    assert (clock.rule, clock.n, clock.unit) == ("inspections.review_references", 20, "workday")
    for keeper in (people.city, people.legal):
        (row,) = [row for row in work_of(keeper) if row.party == "试验条例"]
        assert row.next_url.endswith("?law=TEST-L")
    assert not [row for row in work_of(people.county) if row.party == "试验条例"]


def test_the_clock_is_settled_by_the_last_answer(people, law, at):
    published(people, items=1, law="TEST-L:2;TEST-L:3")
    amend(law, "甲", "乙改", "丙改")
    services.find_new_texts(at=at)
    first, last = reviews_waiting()

    services.review_reference(first, still_holds=True, by=people.legal, at=at)
    assert Deadline.objects.of(law).open().exists()
    services.review_reference(last, still_holds=False, note="改为新条文", by=people.legal, at=at)
    assert Deadline.objects.of(law).get().state == "met"


def test_a_law_not_read_in_time_is_told_to_the_keepers(people, law, at):
    published(people, items=1, law="TEST-L:2")
    amend(law, "甲", "乙改", "丙")
    services.find_new_texts(at=at)

    sweep(at + timedelta(days=40))
    dispatch(at=at + timedelta(days=40))

    told = Message.objects.filter(code="inspections.references_waiting")
    assert people.legal.pk in set(told.values_list("user", flat=True))


def test_what_no_longer_holds_stands_there_until_it_is_reworded(people, review, at, sign_in):
    services.review_reference(review, still_holds=False, by=people.legal, at=at, note="改为新条文")
    browser = sign_in(people.legal)
    url = reverse("inspections:reference_reviews")
    words = review.reference.item.content

    assert words in browser.get(f"{url}?law=TEST-L").content.decode()
    assert words not in browser.get(f"{url}?law=AWSL").content.decode()
    type(review.reference.item).objects.update(retired_at=at)
    assert words not in browser.get(url).content.decode()
