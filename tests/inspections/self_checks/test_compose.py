"""An enterprise composes its own list from the library."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from enterprises.models import Enterprise
from inspections import services
from inspections.models import CheckItem, SelfCheckLine
from lifecycle.refusals import NotPermitted, WrongState
from tests.factories.inspections import make_edition, make_items
from tests.factories.self_checks import accepted, composed, submitted
from tests.people import AT

pytestmark = pytest.mark.django_db


def items_of(row):
    return list(row.lines.values_list("item_id", flat=True))


def test_the_list_begins_with_the_items_of_the_checklists_chosen_each_once(people, enterprise):
    shared = make_items(1)
    first, second = (
        make_edition(items=[*make_items(2), *shared]),
        make_edition(items=[*shared, *make_items(1)]),
    )

    row = composed(people, enterprise, editions=[first, second])

    assert row.item_count == 4
    assert len(set(items_of(row))) == 4


def test_the_longest_cycle_that_the_risk_allows_is_proposed(people, enterprise):
    Enterprise.objects.filter(pk=enterprise.pk).update(risk_tags=["dust"])

    assert composed(people, enterprise).cycle_days == 7


def test_one_list_is_worked_on_at_a_time(people, enterprise):
    composed(people, enterprise)

    with pytest.raises(ValidationError, match="being worked on"):
        composed(people, enterprise)


def test_the_next_list_begins_with_the_lines_of_the_one_in_use(people, enterprise):
    row = composed(people, enterprise)
    services.assign_lines(
        row,
        lines=list(row.lines.values_list("pk", flat=True)),
        place="喷漆房",
        responsible="王工",
        level="team",
        by=people.enterprise,
        at=AT,
    )
    row = services.submit_list(row, by=people.enterprise, at=AT)
    services.accept_list(row, by=people.town, at=AT)

    following = composed(people, enterprise, editions=[])

    assert following.number == 2
    assert items_of(following) == items_of(row)
    assert set(following.lines.values_list("place", "responsible", "level")) == {("喷漆房", "王工", "team")}


def test_a_reworded_item_comes_in_its_newest_wording_and_a_retired_one_stays_behind(people, enterprise):
    kept, reworded, retired = make_items(3)
    row = accepted(people, enterprise, editions=[make_edition(items=[kept, reworded, retired])])
    CheckItem.objects.filter(pk__in=[reworded.pk, retired.pk]).update(retired_at=AT)
    (newer,) = make_items(1, replaces=reworded, retired_at=AT)
    (newest,) = make_items(1, replaces=newer)

    following = composed(people, enterprise, editions=[])

    assert items_of(following) == [kept.pk, newest.pk]
    assert items_of(row) == [kept.pk, reworded.pk, retired.pk]


def test_somebody_else_does_not_compose_it(people, enterprise):
    with pytest.raises(NotPermitted):
        services.compose_list(enterprise, by=people.town, at=AT)
    with pytest.raises(Enterprise.DoesNotExist):
        services.compose_list(enterprise, by=people.other_enterprise, at=AT)


def test_items_of_the_library_are_taken_once(people, enterprise):
    row = composed(people, enterprise)
    extra = make_items(2)

    for expected in (2, 0):
        assert services.take_list_items(row, items=extra, by=people.enterprise, at=AT) == expected
    row.refresh_from_db()
    assert row.item_count == 5


def test_an_item_out_of_use_cannot_be_taken(people, enterprise):
    row = composed(people, enterprise)

    with pytest.raises(ValidationError, match="in use"):
        services.take_list_items(row, items=make_items(1, retired_at=AT), by=people.enterprise, at=AT)


def test_another_enterprises_own_item_cannot_be_taken(people, enterprise, other_enterprise):
    row = composed(people, enterprise)
    theirs = make_items(1, owner=other_enterprise)

    with pytest.raises(ValidationError, match="library"):
        services.take_list_items(row, items=theirs, by=people.enterprise, at=AT)


def test_an_enterprise_writes_an_item_of_its_own(people, enterprise):
    row = composed(people, enterprise)

    item = services.write_own_item(
        row,
        facts={"section": "喷漆", "content": "水帘柜水位到线", "methods": ["site"], "category": "facility"},
        by=people.enterprise,
        at=AT,
    )

    assert item.owner == enterprise
    assert item.pk in items_of(row)
    assert not CheckItem.objects.in_library().filter(pk=item.pk).exists()
    assert CheckItem.objects.visible_to(people.town).filter(pk=item.pk).exists()
    assert not CheckItem.objects.visible_to(people.other_enterprise).filter(pk=item.pk).exists()


def test_an_own_item_says_what_is_checked(people, enterprise):
    row = composed(people, enterprise)

    with pytest.raises(ValidationError):
        services.write_own_item(row, facts={"section": "喷漆", "content": ""}, by=people.enterprise, at=AT)
    assert row.lines.count() == 3


def test_what_is_left_empty_stays_when_lines_are_assigned(people, enterprise):
    row = composed(people, enterprise)
    key = row.lines.first().pk
    services.assign_lines(row, lines=[key], place="木粉仓", by=people.enterprise, at=AT)
    services.assign_lines(row, lines=[key], responsible="刘班长", by=people.enterprise, at=AT)

    line = SelfCheckLine.objects.get(pk=key)
    assert (line.place, line.responsible, line.level) == ("木粉仓", "刘班长", "company")
    assert row.lines.filter(place="").count() == 2


def test_lines_of_another_list_are_not_touched(people, enterprise, other_enterprise):
    row = composed(people, enterprise)
    theirs = services.compose_list(
        other_enterprise, editions=[make_edition(1)], by=people.other_enterprise, at=AT
    )
    key = theirs.lines.get().pk

    assert services.remove_lines(row, lines=[key], by=people.enterprise, at=AT) == 0
    assert theirs.lines.count() == 1


def test_taken_out_lines_are_counted_off(people, enterprise):
    row = composed(people, enterprise)

    assert services.remove_lines(row, lines=[row.lines.first().pk], by=people.enterprise, at=AT) == 1
    row.refresh_from_db()
    assert row.item_count == 2


def test_a_list_handed_in_takes_no_more_items(people, enterprise):
    row = submitted(people, enterprise)

    with pytest.raises(WrongState):
        services.take_list_items(row, items=make_items(1), by=people.enterprise, at=AT)


def test_the_town_changes_nothing_on_the_list(people, enterprise):
    row = composed(people, enterprise)

    with pytest.raises(PermissionDenied):
        services.remove_lines(row, lines=[], by=people.town, at=AT)
