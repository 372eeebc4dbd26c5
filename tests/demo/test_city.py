"""A small demo city, built once as the large one is: lawful histories, every state, nobody real."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.test import override_settings
from django.utils import timezone
from stdnum.cn import uscc

from accounts.demo import PASSWORD, SIGN_INS, Stage
from accounts.models import User
from attachments.models import Attachment
from audit.history import versions_of
from audit.models import Entry
from config import demo, demo_clock
from deadlines import almanac
from deadlines.models import Deadline, DeadlineEvent
from enterprises.demo import DISTRICTS, industry_counts
from enterprises.models import Enterprise, MergeRecord, StatusProof, Transfer
from hazards.lifecycle import HAZARD
from hazards.models import Hazard, SupervisionListing
from inbox.models import Delivery, FailedNotice, Message
from lifecycle import registry
from lifecycle.models import StateChange
from paperwork.models import IssuedDocument
from tests.staging import lasting

NOW = datetime(2026, 9, 16, 15, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
COUNTS = {"370502": 9, "370503": 5, "370505": 6, "370522": 5, "370523": 26, "370571": 4, "370572": 3}


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Stage]:
    """The city, rolled back after the last test of this file."""
    folder = tmp_path_factory.mktemp("demo")
    installation = override_settings(DATA_DIR=folder, PDF_ENABLED=False)
    patch = pytest.MonkeyPatch()
    patch.setattr(timezone, "now", demo_clock.now)
    with django_db_blocker.unblock(), installation, lasting(folder / "media"):
        yield demo.build(now=NOW, counts=COUNTS, hazards=60, say=lambda text: None)
    patch.undo()
    almanac.forget()


pytestmark = pytest.mark.usefixtures("city", "db")


def changes(table: str = HAZARD.name) -> dict[int, list[StateChange]]:
    """All moves of one table, by record, in the order in which they were written."""
    found = defaultdict(list)
    for change in StateChange.objects.filter(lifecycle=table).order_by("pk"):
        found[change.target_id].append(change)
    return found


TABLES = [table.name for table in registry.tables()]


def test_the_published_industries_are_scaled_to_the_published_total():
    counts = industry_counts(sum(DISTRICTS.values()))
    assert sum(DISTRICTS.values()) == sum(counts.values()) == 2359
    assert list(counts.values()) == [956, 983, 128, 134, 158]


def test_each_district_and_each_industry_has_exactly_its_number():
    assert Counter(Enterprise.objects.values_list("county_code", flat=True)) == COUNTS
    mix = Counter(Enterprise.objects.values_list("regulatory_category", flat=True))
    assert mix == {kind: n for kind, n in industry_counts(sum(COUNTS.values())).items() if n}


def test_codes_check_and_no_name_comes_twice():
    codes = list(Enterprise.objects.values_list("uscc", flat=True))
    assert all(uscc.is_valid(code) for code in codes)
    assert len(set(Enterprise.objects.values_list("name", flat=True))) == len(codes)


def test_every_number_carries_the_area_code_where_no_mobile_number_has_it():
    numbers = [*User.objects.values_list("phone", flat=True)]
    numbers += Enterprise.objects.values_list("contact_phone", flat=True)
    assert all(re.fullmatch(r"1\d\d0546\d{4}", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_enterprises_lie_near_their_town_in_a_grid_of_their_village():
    for enterprise in Enterprise.objects.all():
        assert enterprise.grid_id.startswith(enterprise.region_id)
        assert 36.8 < enterprise.latitude < 38.3
        assert 118.0 < enterprise.longitude < 119.2


def test_each_file_is_on_record_with_the_day_of_its_making():
    for enterprise in Enterprise.objects.all():
        entry = Entry.objects.get(
            target_id=enterprise.pk, verb__in=["enterprises.import", "enterprises.register"]
        )
        assert entry.at == enterprise.created_at
        versions = [version.pgh_created_at for version in versions_of(enterprise)]
        assert versions == sorted(versions)
        assert (versions[0], versions[-1] <= NOW) == (entry.at, True)


def test_one_person_of_each_role_signs_in_with_the_password_shown():
    for role in SIGN_INS:
        user = User.objects.get(username=role.value)
        assert user.check_password(PASSWORD)
        assert role in user.roles


def test_the_sign_ins_meet_in_dawang():
    people = User.objects.in_bulk(SIGN_INS, field_name="username")
    ours = Enterprise.objects.visible_to(people["enterprise"]).get()
    assert ours.town_code == "370523101"
    assert ours in Enterprise.objects.visible_to(people["town"])
    assert ours in Enterprise.objects.visible_to(people["county"])
    assert Hazard.objects.visible_to(people["enterprise"]).exists()
    assert Enterprise.objects.visible_to(people["grid"]).exists()


def test_every_state_occurs():
    assert set(Hazard.objects.values_list("state", flat=True)) == {state.code for state in HAZARD.states}


@pytest.mark.parametrize("name", TABLES)
def test_no_verb_was_done_that_the_table_does_not_have(name):
    table = registry.find(name)
    for moves in changes(name).values():
        # A record may be made by a verb that the table leaves out.
        made = {move.verb for move in moves[:1] if not move.from_state}
        assert {move.verb for move in moves} - made <= {verb.name for verb in table.verbs}


def test_every_rare_verb_of_a_hazard_was_done():
    done = set(StateChange.objects.filter(lifecycle=HAZARD.name).values_list("verb", flat=True))
    assert {
        "grant_extension",
        "return_for_work",
        "reopen",
        "escalate",
        "list_for_supervision",
        "delist",
        "publish_listing",
        "report_progress",
        "record_opinion",
    } <= done


@pytest.mark.parametrize("name", TABLES)
def test_histories_follow_the_table(name):
    table = registry.find(name)
    for moves in changes(name).values():
        state, at = moves[0].from_state, demo_begin()
        for move in moves:
            assert move.from_state == state
            assert not state or state in table.verb(move.verb).sources
            assert at <= move.at <= NOW
            state, at = move.to_state, move.at
        if record := moves[0].target:
            assert state == record.state


def demo_begin() -> datetime:
    """The moment of the first record."""
    return Enterprise.objects.order_by("created_at").values_list("created_at", flat=True)[0]


def test_every_move_has_its_entry_with_the_same_moment():
    for move in StateChange.objects.all():
        assert Entry.objects.filter(target_id=move.target_id, verb=move.outbox_code, at=move.at).exists()


def test_field_history_is_dated_like_the_moves():
    hazard = Hazard.objects.filter(version__gte=3).first()
    moments = {move.at for move in changes()[hazard.pk]}
    assert {version.pgh_created_at for version in versions_of(hazard)} <= moments


def test_every_open_hazard_has_the_clock_of_its_state():
    for hazard in Hazard.objects.open():
        rule = HAZARD.state(hazard.state).deadline
        assert Deadline.objects.of(hazard).open().filter(rule=rule).count() == 1


def test_closed_hazards_owe_nothing():
    ended = list(Hazard.objects.filter(state__in=["closed", "not_hazard"]))
    # The public is told of a listing and of its end also when the hazard is removed.
    told = ("hazards.publish_listing", "hazards.report_listing", "hazards.publish_delisting")
    assert not Deadline.objects.of_all(ended).open().exclude(rule__in=told).exists()


def test_no_step_of_the_clock_is_left_undone_or_failed():
    assert not Deadline.objects.filter(next_at__lte=NOW).exists()
    assert not Deadline.objects.exclude(error="").exists()
    assert not FailedNotice.objects.exists()


def test_overdue_hazards_climbed_by_the_clock():
    levels = set(Hazard.objects.overdue(NOW.date()).values_list("level_in_charge", flat=True))
    assert levels == {"town", "county", "city"}
    climbs = StateChange.objects.filter(verb="escalate")
    assert all(climb.by is None for climb in climbs)
    for climb in climbs:
        told = DeadlineEvent.objects.filter(deadline__target_id=climb.target_id, kind="escalated")
        assert told.filter(level=climb.data["level"], recorded_at=climb.at).exists()


def test_people_were_told_after_the_fact_and_before_the_present():
    assert not StateChange.objects.filter(dispatched_at=None).exists()
    assert not DeadlineEvent.objects.filter(dispatched_at=None).exists()
    for change in StateChange.objects.all():
        assert change.at <= change.dispatched_at <= NOW
    assert Message.objects.filter(at__gt=NOW).count() == 0


def test_text_messages_went_into_the_file_and_never_at_night(city):
    sent = Delivery.objects.filter(state="sent")
    assert sent.count() == len((settings.DATA_DIR / "sms.log").read_text().splitlines()) > 0
    assert all(7 < timezone.localtime(delivery.claimed_at).hour < 21 for delivery in sent)


def test_every_photo_is_a_row_of_its_own_taken_before_it_was_handed_in():
    photos = Attachment.objects.all()
    assert not photos.filter(target_id=None).exists()
    for photo in photos.filter(target_type__model="hazard"):
        assert photo.taken_at < photo.uploaded_at <= NOW
        assert photo.file.storage.exists(photo.file.name)
        assert photo.latitude


def test_documents_are_made_and_listings_are_open_and_ended():
    assert IssuedDocument.objects.exists()
    assert set(IssuedDocument.objects.values_list("state", flat=True)) == {"ready"}
    assert not IssuedDocument.objects.filter(rendered_at__lt=F("issued_at")).exists()
    assert SupervisionListing.objects.filter(delisted_at=None).exists()
    assert SupervisionListing.objects.exclude(delisted_at=None).exists()


def test_text_of_the_log_can_be_read(city):
    lines = [json.loads(line) for line in (settings.DATA_DIR / "sms.log").read_text().splitlines()]
    assert all(line["text"] and line["phone"] for line in lines)


def test_the_last_entry_says_that_the_city_is_complete():
    assert Entry.objects.filter(verb=demo.READY).count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(at) FROM audit_entry")
        assert cursor.fetchone()[0] == NOW


def test_stops_have_been_seen_on_site_and_have_their_next_look(city):
    stopped = Enterprise.objects.filter(operating_status__in=("suspended_self", "seasonal"))
    seen = set(StatusProof.objects.filter(enterprise__in=stopped).values_list("enterprise_id", flat=True))
    clocks = Deadline.objects.open().filter(rule__in=("enterprises.recheck_stop", "enterprises.season_end"))
    assert (
        seen == {row.pk for row in stopped} == set(clocks.values_list("enterprise_id", flat=True)) - ordered()
    )
    assert not stopped.filter(stop_checked_until=None).exists()


def ordered() -> set[int]:
    """Return the enterprises that were ordered to stop: their clock runs as well."""
    rows = Enterprise.objects.filter(operating_status="suspended_ordered")
    return set(rows.values_list("pk", flat=True))


def test_an_offer_waits_and_a_double_was_merged(city):
    assert Transfer.objects.filter(state="asked").exists()
    record = MergeRecord.objects.get()
    assert not Enterprise.objects.filter(pk=record.dropped_id).exists()
    assert record.kept.former_name
