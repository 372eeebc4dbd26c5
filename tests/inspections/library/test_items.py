"""Items of a draft: written with a basis, reworded, moved, taken out; of a published edition, never."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from audit.models import Entry
from inspections import services as verbs
from inspections.choices import ReferenceRole
from inspections.library import references, services
from inspections.models import CheckItem
from tests.factories.library import add, basis, draft, item_facts, items_of, published, reword


@pytest.fixture
def edition(people):
    """A draft with three items in one section."""
    return draft(people, items=3)


def test_an_item_stands_behind_the_last_of_its_section(edition, people):
    add(edition, people, section="现场", code="SITE-1")
    added = add(edition, people, code="BASE-4")

    assert [item.code for item in items_of(edition)][-2:] == [added.code, "SITE-1"]


def test_adding_counts_and_is_put_on_record(edition, people, at):
    add(edition, people, code="NEW-1")

    edition.refresh_from_db()
    assert edition.item_count == 4
    assert Entry.objects.filter(verb="inspections.add_item", data__code="NEW-1").exists()


def test_an_item_without_a_basis_is_refused(edition, people, at):
    with pytest.raises(ValidationError) as refused:
        services.add_item(edition, facts=item_facts(), references=[], by=people.city, at=at)

    assert "basis" in refused.value.message_dict


def test_a_penalty_alone_is_no_basis(edition, people, at):
    penalty = references.read("AWSL:99", ReferenceRole.PENALTY)

    with pytest.raises(ValidationError):
        services.add_item(edition, facts=item_facts(), references=penalty, by=people.city, at=at)


def test_a_code_in_use_is_refused(edition, people, at):
    taken = items_of(published(people, items=1))[0].code

    with pytest.raises(ValidationError) as refused:
        add(edition, people, code=taken)

    assert "code" in refused.value.message_dict


def test_only_who_keeps_the_library_edits(edition, people, at):
    with pytest.raises(PermissionDenied):
        services.add_item(edition, facts=item_facts(), references=basis(), by=people.officer, at=at)


def test_a_published_edition_is_not_edited(people, at):
    with pytest.raises(ValidationError):
        add(published(people), people)


def test_a_draft_item_is_rewritten_in_place(edition, people):
    item = items_of(edition)[0]

    again = reword(edition, item, people, content="新的说法")

    assert (again.pk, again.content) == (item.pk, "新的说法")


def test_a_published_item_is_replaced_and_stays_as_it_was(people, at):
    first = published(people, items=1)
    item = items_of(first)[0]
    second = verbs.draft_edition(first.checklist, by=people.city, at=at)

    new = reword(second, item, people, content="新的说法")

    assert (new.replaces, items_of(second)) == (item, [new])
    assert CheckItem.objects.get(pk=item.pk).content == item.content


def test_an_item_is_moved_up_and_no_further_than_the_top(edition, people, at):
    one, two, three = items_of(edition)

    services.move_item(edition, three, steps=-1, by=people.city, at=at)
    assert items_of(edition) == [one, three, two]
    services.move_item(edition, two, steps=-9, by=people.city, at=at)
    assert items_of(edition) == [two, one, three]


def test_the_order_can_be_given_as_a_whole(edition, people, at):
    one, two, three = items_of(edition)

    services.reorder_items(edition, items=[three.pk, one.pk], by=people.city, at=at)

    assert items_of(edition) == [three, one, two]


def test_a_removed_draft_item_is_gone(edition, people, at):
    item = items_of(edition)[0]

    services.remove_item(edition, item, by=people.city, at=at)

    edition.refresh_from_db()
    assert edition.item_count == 2
    assert not CheckItem.objects.filter(pk=item.pk).exists()


def test_a_removed_published_item_stays_in_the_library(people, at):
    first = published(people, items=2)
    second = verbs.draft_edition(first.checklist, by=people.city, at=at)
    item = items_of(second)[0]

    services.remove_item(second, item, by=people.city, at=at)

    assert CheckItem.objects.in_library().filter(pk=item.pk).exists()


def test_items_are_taken_over_once(edition, people, at):
    items = items_of(published(people, items=2))

    assert services.take_items(edition, items=items, by=people.city, at=at) == 2
    assert services.take_items(edition, items=items, by=people.city, at=at) == 0
    assert len(items_of(edition)) == 5


def test_a_draft_of_others_is_not_taken_over(edition, people, at):
    theirs = items_of(draft(people, items=1))

    with pytest.raises(ValidationError):
        services.take_items(edition, items=theirs, by=people.city, at=at)
