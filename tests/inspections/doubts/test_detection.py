"""What raises a doubt, and beside it what does not: each kind by its own statement."""

from datetime import timedelta
from itertools import count

import pytest
from django.utils.timezone import localdate

from attachments.models import Attachment
from inspections import services
from inspections.choices import DoubtKind
from inspections.doubts.detection import DETECTORS
from inspections.doubts.services import WINDOW
from inspections.models import Finding, Visit
from tests.factories.figures import standing as hazard
from tests.factories.hazards import make_photo
from tests.factories.inspections import make_edition, make_items, under_way
from tests.factories.self_checks import accepted, self_checked
from tests.people import AT

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(days=60)
_serial = count(1)


def look(kind: str, now=NOW):
    today = localdate(now)
    return DETECTORS[kind](today - WINDOW, today)


def photo(
    people, of, *, purpose: str = "before", phash: str = "00000000ffff0000", sha: str = "", at=AT, **facts
) -> int:
    """A photo of a hazard, with the bits given."""
    key = make_photo(people.enterprise, at=at, purpose=purpose)
    row = Attachment.objects.get(pk=key)
    row.target, row.phash, row.sha256 = of, phash, sha or f"{next(_serial):064x}"
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    return key


def checks(people, row, times: int, *, step: int = 14) -> list[Visit]:
    return [self_checked(people, row, at=AT + timedelta(days=2 + turn * step)) for turn in range(times)]


def test_nothing_found_for_months_while_an_inspector_finds(people, enterprise):
    checks(people, accepted(people, enterprise), 3)
    seen = hazard(enterprise, found_at=AT + timedelta(days=20), source="inspection")

    (found,) = look(DoubtKind.NOTHING_FOUND)

    assert (found.enterprise, found.key) == (enterprise.pk, "never")
    assert (found.evidence["checks"], found.evidence["hazards"]) == (3, [seen.pk])


@pytest.mark.parametrize("why", ["it found one itself", "it checked too seldom", "nobody found anything"])
def test_no_doubt_about_finding_nothing_when(why, people, enterprise):
    checks(people, accepted(people, enterprise), 2 if why == "it checked too seldom" else 3)
    if why != "nobody found anything":
        hazard(enterprise, found_at=AT + timedelta(days=20), source="inspection")
    if why == "it found one itself":
        hazard(enterprise, found_at=AT + timedelta(days=10))

    assert look(DoubtKind.NOTHING_FOUND) == []


def test_the_same_words_on_several_days_are_copied(people, enterprise):
    rows = [
        hazard(enterprise, found_at=AT + timedelta(days=day), description=f"{day}号灭火器，压力不足")
        for day in (1, 8, 15)
    ]

    (found,) = look(DoubtKind.COPIED_TEXT)

    assert found.weight == 3
    assert found.evidence["hazards"] == [row.pk for row in rows]


def test_twice_the_same_words_or_thrice_on_one_day_are_no_doubt(people, enterprise, other_enterprise):
    for day in (1, 8):
        hazard(enterprise, found_at=AT + timedelta(days=day))
    for _ in range(3):
        hazard(other_enterprise, found_at=AT + timedelta(days=3))

    assert look(DoubtKind.COPIED_TEXT) == []


def test_the_words_of_an_inspector_are_nobodys_copy(people, enterprise):
    for day in (1, 8, 15):
        hazard(enterprise, found_at=AT + timedelta(days=day), source="inspection")

    assert look(DoubtKind.COPIED_TEXT) == []


def test_nearly_the_same_photo_at_another_hazard_is_the_same(people, enterprise):
    old = photo(people, hazard(enterprise), phash="00000000ffff0000")
    new = photo(people, hazard(enterprise, place="仓库"), phash="000000000fff0001")

    (found,) = look(DoubtKind.SAME_PHOTO)

    assert found.evidence["photos"] == [old, new]
    assert found.evidence["differ"] == 5


def test_a_photo_that_differs_by_more_bits_is_another(people, enterprise):
    photo(people, hazard(enterprise), phash="00000000ffff0000")
    photo(people, hazard(enterprise, place="仓库"), phash="0000000003ff0000")

    assert look(DoubtKind.SAME_PHOTO) == []


def test_the_photo_of_the_defect_cannot_show_the_rectification(people, enterprise):
    row = hazard(enterprise)
    photo(people, row, purpose="before")
    photo(people, row, purpose="before", phash="00000000ffff0001")
    after = photo(people, row, purpose="after", phash="00000000ffff0000")

    (found,) = look(DoubtKind.SAME_PHOTO)

    assert found.evidence["photos"][1] == after
    assert found.evidence["hazards"] == [row.pk]


def test_the_very_same_file_at_two_enterprises_is_a_doubt_about_the_second(
    people, enterprise, other_enterprise
):
    photo(people, hazard(enterprise), sha="a" * 64)
    photo(people, hazard(other_enterprise), sha="a" * 64, phash="ff00ff00ff00ff00")

    (found,) = look(DoubtKind.SAME_PHOTO)

    assert found.enterprise == other_enterprise.pk


def test_two_enterprises_may_photograph_something_alike(people, enterprise, other_enterprise):
    photo(people, hazard(enterprise))
    photo(people, hazard(other_enterprise))

    assert look(DoubtKind.SAME_PHOTO) == []


def test_a_photo_of_the_rectification_older_than_the_hazard(people, enterprise):
    row = hazard(enterprise)
    photo(people, row, purpose="after", taken_at=AT - timedelta(days=40))
    fine = hazard(enterprise, place="仓库")
    photo(people, fine, purpose="after", phash="ff", taken_at=AT + timedelta(days=1))

    (found,) = look(DoubtKind.OLD_PHOTO)

    assert found.key == str(row.pk)


def hurried(people, enterprise, *, minutes: float, at=AT, **about) -> Visit:
    """A self-check of ten items that took so many minutes."""
    row = accepted(people, enterprise, editions=[make_edition(10)], at=at - timedelta(hours=1))
    visit = services.begin_self_check(row, by=people.enterprise, at=at)
    for line in row.lines.all():
        services.answer(visit, line.item_id, result="pass", by=people.enterprise, at=at)
    ended = at + timedelta(minutes=minutes)
    return services.finish_visit(visit, outcome="nothing", by=people.enterprise, at=ended)


def test_ten_items_in_half_a_minute_are_too_fast(people, enterprise):
    visit = hurried(people, enterprise, minutes=0.5)

    (found,) = look(DoubtKind.TOO_FAST)

    assert (found.key, found.evidence["visits"]) == ("2026-03", [visit.pk])
    assert float(found.evidence["seconds"]) == 3.0


def test_ten_items_in_ten_minutes_are_not(people, enterprise):
    hurried(people, enterprise, minutes=10)

    assert look(DoubtKind.TOO_FAST) == []


def test_one_tap_for_all_is_allowed_but_not_time_after_time(people, enterprise):
    row = accepted(people, enterprise, editions=[make_edition(10)])
    checks(people, row, 2, step=3)
    assert look(DoubtKind.TOO_FAST) == []

    self_checked(people, row, at=AT + timedelta(days=12))

    (found,) = look(DoubtKind.TOO_FAST)
    assert found.evidence["at_once"] == 3


def inspected(people, enterprise, item, *, at, category: str = "fire"):
    """A hazard that the officers found by this item."""
    visit = under_way(people, enterprise, at=AT)
    row = hazard(enterprise, found_at=at, source="inspection", category=category)
    Finding.objects.create(visit=visit, hazard=row, item=item)
    return row


def test_an_item_that_had_passed_and_is_found_not_met_contradicts_the_check(people, enterprise):
    (item,) = make_items(1)
    row = accepted(people, enterprise, editions=[make_edition(items=[item])])
    visit = self_checked(people, row, at=AT + timedelta(days=1))
    seen = inspected(people, enterprise, item, at=AT + timedelta(days=5))

    (found,) = look(DoubtKind.CONTRADICTED)

    assert (found.key, found.weight) == (str(seen.pk), 3)
    assert (found.evidence["visits"], found.evidence["item"]) == ([visit.pk], item.content)


@pytest.mark.parametrize(("days", "category"), [(12, "fire"), (0.5, "fire"), (5, "electrical")])
def test_no_contradiction_long_after_or_before_the_check_or_about_something_else(
    people, enterprise, days, category
):
    passed, other = make_items(2)
    row = accepted(people, enterprise, editions=[make_edition(items=[passed])])
    self_checked(people, row, at=AT + timedelta(days=1))
    inspected(people, enterprise, other, at=AT + timedelta(days=days), category=category)

    assert look(DoubtKind.CONTRADICTED) == []
