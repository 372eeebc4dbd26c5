"""How two editions differ."""

import pytest

from inspections import services as verbs
from inspections.library import services
from inspections.library.selectors import compare
from tests.factories.library import add, basis, items_of, published, reword


@pytest.fixture
def editions(people, at):
    """An edition of three items, and the draft after it."""
    first = published(people, items=3)
    return first, verbs.draft_edition(first.checklist, by=people.city, at=at)


def test_a_copy_differs_in_nothing(editions):
    found = compare(*editions)

    assert (found.added, found.removed, found.reworded, found.kept) == ([], [], [], 3)


def test_what_is_added_and_what_is_taken_out_is_named(editions, people, at):
    first, second = editions
    gone = items_of(first)[1]
    services.remove_item(second, gone, by=people.city, at=at)
    new = add(second, people)

    found = compare(first, second)
    assert (found.added, found.removed, found.kept) == ([new], [gone], 2)


def test_a_reworded_item_shows_each_field_before_and_after(editions, people):
    first, second = editions
    old = items_of(first)[0]
    new = reword(second, old, people, content="新的说法", methods=["site", "ask"])

    (pair,) = compare(first, second).reworded
    assert (pair.before, pair.after) == (old, new)
    assert {(before, after) for _label, before, after in pair.fields} == {
        (old.content, "新的说法"),
        (old.method_words, new.method_words),
    }


def test_a_new_basis_is_a_difference(editions, people, at):
    first, second = editions
    old = items_of(first)[0]
    facts = {name: getattr(old, name) for name in services.FACTS}
    from_now = basis("AWSL:36")
    services.change_item(second, old, facts=facts, references=from_now, by=people.city, at=at)

    (pair,) = compare(first, second).reworded
    assert [after for _label, _before, after in pair.fields] == ["《安全生产法》第三十六条"]


def test_fifty_items_are_compared_with_a_handful_of_queries(people, at, django_assert_max_num_queries):
    first = published(people, items=25)
    second = verbs.draft_edition(first.checklist, by=people.city, at=at)

    with django_assert_max_num_queries(6):
        compare(first, second)
