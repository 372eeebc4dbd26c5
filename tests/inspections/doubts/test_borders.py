"""Each kind of doubt at its border, what it says in words, and whose records it opens."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from attachments.models import Attachment
from deadlines.calendar import add_months
from hazards.models import Hazard
from inspections import services as verbs
from inspections.choices import DoubtKind
from inspections.doubts import services
from inspections.doubts.detection import DETECTORS
from inspections.doubts.reasons import reason_of, records_of
from inspections.doubts.services import WINDOW
from inspections.models import Doubt, Finding, SelfCheckList, Visit
from lifecycle.refusals import AlreadyDone, StaleForm, WrongState
from tests.factories.enterprises import make_enterprise
from tests.factories.figures import standing as hazard
from tests.factories.hazards import make_photo
from tests.factories.inspections import make_edition, make_items, under_way
from tests.factories.self_checks import accepted, self_checked
from tests.people import AT

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(days=60)
DAY, MINUTE, SECOND = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)


def look(kind: str, now=NOW):
    today = localdate(now)
    return DETECTORS[kind](today - WINDOW, today)


# Nothing found, while its peers find


def checking_peers(number: int, finding: int) -> None:
    """So many enterprises of the same trade and county with a list in use, of which some find something."""
    for serial in range(number):
        peer = make_enterprise()
        SelfCheckList.objects.create(
            enterprise=peer,
            number=1,
            cycle_days=30,
            state="accepted",
            state_since=AT,
            version=1,
            created_at=AT,
        )
        if serial < finding:
            hazard(peer, found_at=AT + 10 * DAY)


@pytest.mark.parametrize(
    ("peers", "finding", "doubted"),
    [(4, 3, True), (5, 3, False), (3, 3, False)],
    ids=["most of five", "half of six", "too few to compare"],
)
def test_peers_speak_when_they_are_five_and_more_than_half_of_them_find(
    people, enterprise, peers, finding, doubted
):
    row = accepted(people, enterprise)
    for turn in range(3):
        self_checked(people, row, at=AT + (2 + turn * 14) * DAY)
    checking_peers(peers, finding)

    found = look(DoubtKind.NOTHING_FOUND)

    assert [one.enterprise for one in found] == ([enterprise.pk] if doubted else [])
    if doubted:
        assert (found[0].evidence["peers"], found[0].evidence["peers_finding"]) == (5, 3)


@pytest.mark.parametrize(("early", "doubted"), [(timedelta(0), True), (SECOND, False)])
def test_three_months_begin_at_local_midnight(people, enterprise, early, doubted):
    row = accepted(people, enterprise)
    checks = [self_checked(people, row, at=AT + (2 + turn * 14) * DAY) for turn in range(3)]
    hazard(enterprise, found_at=AT + 20 * DAY, source="inspection")
    first = add_months(localdate(NOW), -3)
    midnight = AT.replace(year=first.year, month=first.month, day=first.day, hour=0)
    Visit.objects.filter(pk=checks[0].pk).update(finished_at=midnight - early)

    assert bool(look(DoubtKind.NOTHING_FOUND)) is doubted


# Photos


def photo(people, of: Hazard, *, purpose: str, phash: str = "", at=AT, **facts) -> Attachment:
    row = Attachment.objects.get(pk=make_photo(people.enterprise, at=at, purpose=purpose))
    row.target, row.phash, row.sha256 = of, phash, f"{row.pk:064x}"
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    return row


@pytest.mark.parametrize("empty", ["0000000000000000", "ffffffffffffffff", ""])
def test_photos_on_which_nothing_is_seen_are_not_alike(people, enterprise, empty):
    for place in ("砂光车间", "仓库"):
        photo(people, hazard(enterprise, place=place), purpose="before", phash=empty)

    assert look(DoubtKind.SAME_PHOTO) == []


@pytest.mark.parametrize(("earlier", "doubted"), [(timedelta(0), False), (SECOND, True)])
def test_a_photo_is_old_when_it_was_taken_before_the_hazard_was_found(people, enterprise, earlier, doubted):
    row = hazard(enterprise)
    photo(people, row, purpose="after", taken_at=row.found_at - earlier)

    assert bool(look(DoubtKind.OLD_PHOTO)) is doubted


def test_an_old_photo_of_the_defect_is_no_doubt(people, enterprise):
    photo(people, hazard(enterprise), purpose="before", taken_at=AT - 40 * DAY)

    assert look(DoubtKind.OLD_PHOTO) == []


# Too fast


def checked(people, enterprise, *, items: int, took: timedelta, **clocks) -> Visit:
    """A self-check answered item by item that took so long by the server's clock."""
    row = accepted(people, enterprise, editions=[make_edition(items)], at=AT - timedelta(hours=1))
    visit = verbs.begin_self_check(row, by=people.enterprise, at=AT)
    for line in row.lines.all():
        verbs.answer(visit, line.item_id, result="pass", by=people.enterprise, at=AT)
    visit = verbs.finish_visit(visit, outcome="nothing", by=people.enterprise, at=AT + took)
    Visit.objects.filter(pk=visit.pk).update(**clocks)
    return visit


@pytest.mark.parametrize(
    ("items", "took", "doubted"),
    [(10, 50, False), (10, 49, True), (5, 24, True), (4, 1, False)],
    ids=["five seconds an item", "one second less", "five items", "too few items"],
)
def test_fast_is_less_than_five_seconds_an_item_on_five_items_or_more(
    people, enterprise, items, took, doubted
):
    checked(people, enterprise, items=items, took=timedelta(seconds=took))

    assert bool(look(DoubtKind.TOO_FAST)) is doubted


def test_the_device_knows_better_how_long_it_took_than_the_network(people, enterprise):
    checked(
        people,
        enterprise,
        items=10,
        took=SECOND,
        device_started_at=AT - 30 * MINUTE,
        device_ended_at=AT - 5 * MINUTE,
    )

    assert look(DoubtKind.TOO_FAST) == []


@pytest.mark.parametrize(("took", "doubted"), [(10 * MINUTE, False), (SECOND, True)])
@pytest.mark.parametrize("clock", ["device_started_at", "device_ended_at"])
def test_where_one_clock_of_the_device_is_missing_the_server_s_holds(
    people, enterprise, clock, took, doubted
):
    # Begun on a phone whose clock is wrong and ended at a desk, or the other way round.
    wrong = AT + 11 * MINUTE if clock == "device_started_at" else AT
    checked(people, enterprise, items=10, took=took, **{clock: wrong})

    assert bool(look(DoubtKind.TOO_FAST)) is doubted


# Contradicted


def passed_then_found(people, enterprise, *, after: timedelta, result: str = "pass", **about) -> Hazard:
    """A self-check by one item, and so long after it a hazard that the officers found by that item."""
    (item,) = make_items(1)
    row = accepted(people, enterprise, editions=[make_edition(items=[item])])
    check = verbs.begin_self_check(row, by=people.enterprise, at=AT)
    verbs.answer(check, item.pk, result=result, by=people.enterprise, at=AT)
    verbs.finish_visit(check, outcome="nothing", by=people.enterprise, at=AT)
    seen = hazard(enterprise, found_at=AT + after, source="inspection", **about)
    Finding.objects.create(visit=under_way(people, enterprise), hazard=seen, item=item)
    return seen


@pytest.mark.parametrize(("after", "doubted"), [(7 * DAY, True), (7 * DAY + SECOND, False)])
def test_a_check_answers_for_seven_days(people, enterprise, after, doubted):
    passed_then_found(people, enterprise, after=after, category="electrical")

    assert bool(look(DoubtKind.CONTRADICTED)) is doubted


def test_what_was_said_not_to_apply_was_not_passed(people, enterprise):
    passed_then_found(people, enterprise, after=DAY, result="na")

    assert look(DoubtKind.CONTRADICTED) == []


def test_what_turned_out_to_be_no_hazard_contradicts_nothing(people, enterprise):
    passed_then_found(people, enterprise, after=DAY, state="not_hazard")

    assert look(DoubtKind.CONTRADICTED) == []


# In words


def said(kind: str, **evidence) -> str:
    return reason_of(Doubt(kind=kind, evidence=evidence))


def test_nothing_found_says_for_how_long_and_what_others_found():
    given = {"checks": 7, "months": 3, "peers": 9, "peers_finding": 6}

    assert said("nothing_found", **given, hazards=[1, 2]) == (
        "7 self-checks in 3 months found nothing. In that time others found 2 hazards there."
    )
    assert said("nothing_found", **given, hazards=None).endswith(
        "Of 9 enterprises of the same industry in the same county 6 found some."
    )


def test_a_photo_says_how_near_it_is():
    assert said("same_photo", differ=0) == "The same photo was used twice."
    assert said("same_photo", differ=4) == "Two photos differ in 4 of 64 bits."


def test_moments_are_said_by_the_local_clock():
    words = said("old_photo", taken="2026-03-08T16:30:00+00:00", found="2026-03-09T01:00:00+00:00")

    assert "2026-03-09 00:30" in words
    assert "2026-03-09 09:00" in words


def test_too_fast_says_how_often_and_how_much_of_it_by_one_tap():
    alone = said("too_fast", times=2, seconds=1.4, at_once=0)

    assert "1.4 seconds" in alone
    assert said("too_fast", times=4, seconds=1.4, at_once=3).endswith("Answered with one tap for all: 3.")
    assert "one tap" not in alone


def test_a_contradiction_names_the_item_or_only_its_kind():
    given = {
        "item": "配电箱有盖",
        "checked": "2026-03-01T02:00:00+00:00",
        "found": "2026-03-03T02:00:00+00:00",
    }

    assert "配电箱有盖" in said("contradicted", **given, same_item=True)
    assert "配电箱有盖" not in said("contradicted", **given, same_item=False)


# Whose records


def test_a_doubt_opens_no_record_that_its_reader_may_not_see(people, enterprise, other_enterprise):
    near, far = hazard(enterprise), hazard(other_enterprise)
    photos = [photo(people, near, purpose="before").pk, photo(people, far, purpose="before").pk]
    doubt = Doubt(kind="same_photo", evidence={"hazards": [near.pk, far.pk], "photos": photos})

    town, city = records_of(doubt, people.town), records_of(doubt, people.city)

    assert (town.hazards, [one.title for one in town.photos]) == ([near], [near.number])
    assert (len(city.hazards), len(city.photos)) == (2, 2)


# The word of a person


@pytest.fixture
def doubt(people, enterprise) -> Doubt:
    for day in (1, 8, 15):
        hazard(enterprise, found_at=AT + day * DAY)
    services.find_doubts(at=AT + 20 * DAY)
    return Doubt.objects.get()


def test_a_colleague_who_was_first_has_the_word(people, doubt):
    services.uphold_doubt(doubt, reason="属实", by=people.town, at=NOW)

    with pytest.raises(AlreadyDone, match="孙晓燕"):
        services.uphold_doubt(doubt, reason="属实", by=people.county, at=NOW)
    with pytest.raises(WrongState, match="Upheld"):
        services.explain_doubt(doubt, reason="有原因", by=people.county, at=NOW)


def test_a_form_of_an_older_state_is_refused(people, doubt):
    Doubt.objects.update(version=7)

    with pytest.raises(StaleForm):
        services.uphold_doubt(doubt, reason="属实", by=people.town, at=NOW, version=1)


def test_whoever_looks_into_it_while_the_night_drops_it_has_the_last_word(people, doubt, monkeypatch):
    Hazard.objects.all().update(state="not_hazard")
    bare = services.bare

    def meanwhile(key: str) -> str:
        if Doubt.objects.get().state == "open":
            services.uphold_doubt(doubt, reason="属实", by=people.town, at=NOW)
        return bare(key)

    monkeypatch.setattr(services, "bare", meanwhile)

    assert services.find_doubts(at=AT + 21 * DAY) == (0, 0)
    doubt.refresh_from_db()
    assert doubt.state == "upheld"
