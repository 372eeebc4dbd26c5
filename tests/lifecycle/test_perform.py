"""Doing a verb: what is checked, in which order, and what is left behind."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.utils import InternalError

from accounts.models import Delegation
from audit.models import Entry
from deadlines.models import Deadline
from lifecycle.models import StateChange
from lifecycle.refusals import AlreadyDone, NotPermitted, StaleForm, VerbRefused, WrongState
from lifecycle.services import begin, perform
from tests.lifecycle.lamps import services
from tests.lifecycle.lamps.lifecycle import LAMP
from tests.lifecycle.lamps.models import Lamp

pytestmark = pytest.mark.django_db


def last_change():
    """Return the last move."""
    return StateChange.objects.order_by("-id").first()


def open_rules(lamp):
    """Return the rules of the clocks that run on the lamp."""
    return list(Deadline.objects.of(lamp).open().values_list("rule", flat=True))


def test_it_moves_the_record_and_its_version(lamp, people, at):
    later = at + timedelta(hours=1)
    row = services.order_repair(lamp, by=people.town, at=later)
    row.refresh_from_db()
    assert (row.state, row.state_since, row.version) == ("ordered", later, 2)


def test_it_writes_the_move_for_those_who_are_to_be_told(lamp, people, at):
    services.order_repair(lamp, by=people.town, at=at)
    change = last_change()
    assert (change.verb, change.from_state, change.to_state) == ("order_repair", "dark", "ordered")
    assert (change.target, change.by, change.at, change.dispatched_at) == (lamp, people.town, at, None)
    assert change.outbox_code == "lamps.order_repair"


def test_it_is_on_record_in_the_audit_trail(lamp, people, at):
    services.remark(lamp, by=people.town, at=at, note="a nest in it")
    entry = Entry.objects.order_by("-id").first()
    assert (entry.verb, entry.actor, entry.target_id, entry.data) == (
        "lamps.remark",
        people.town,
        lamp.pk,
        {"note": "a nest in it"},
    )


def test_what_the_caller_writes_is_saved_with_it(lamp, people, at):
    services.remark(lamp, by=people.town, at=at, note="a nest in it")
    lamp.refresh_from_db()
    assert (lamp.note, lamp.state, lamp.version) == ("a nest in it", "dark", 2)


def test_the_caller_works_on_the_fresh_row_not_on_an_old_copy(lamp, people, at):
    Lamp.objects.filter(pk=lamp.pk).update(note="from elsewhere")
    services.order_repair(lamp, by=people.town, at=at)
    lamp.refresh_from_db()
    assert lamp.note == "from elsewhere"


def test_an_exception_in_the_block_leaves_nothing_behind(lamp, people, at):
    before = (StateChange.objects.count(), Entry.objects.count(), open_rules(lamp))

    def write_and_fail():
        with perform(LAMP, "order_repair", lamp, by=people.town, at=at) as row:
            row.note = "half"
            row.save()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    lamp.refresh_from_db()
    assert (lamp.state, lamp.note) == ("dark", "")
    assert (StateChange.objects.count(), Entry.objects.count(), open_rules(lamp)) == before


def test_a_record_outside_the_persons_scope_does_not_exist_for_them(lamp, people, at):
    for stranger in (people.other_town, people.other_county, people.enterprise, people.admin):
        with pytest.raises(Lamp.DoesNotExist):
            services.order_repair(lamp, by=stranger, at=at)


def test_who_sees_the_record_but_may_not_do_it_is_refused(lamp, people, at):
    with pytest.raises(NotPermitted) as refused:
        services.order_repair(lamp, by=people.city, at=at)
    assert isinstance(refused.value, PermissionDenied)


def test_from_another_state_it_is_refused_by_the_name_of_the_state(lamp, people, at):
    with pytest.raises(WrongState, match="Dark"):
        services.mend(lamp, by=people.town, at=at)


def test_a_guard_says_what_is_missing_and_by_which_rule(ordered, people, at):
    with pytest.raises(VerbRefused) as refused:
        services.mend(ordered, by=people.town, at=at)
    refusal = refused.value.refusal
    assert (refusal.missing, refusal.law, refusal.article) == ("The part is not there.", "LAMP", 3)
    assert str(refused.value) == "The part is not there. A lamp is mended with its own part."


def test_a_verb_that_needs_a_reason_is_refused_without_one(lamp, people, at):
    with pytest.raises(VerbRefused):
        services.give_up(lamp, by=people.county, at=at, reason="  ")
    services.give_up(lamp, by=people.county, at=at, reason="the street is closed")
    assert last_change().reason == "the street is closed"


def test_a_second_click_is_told_that_it_is_done_by_whom_and_when(lamp, people, at):
    services.order_repair(lamp, by=people.town, at=at, version=1)
    with pytest.raises(AlreadyDone) as refused:
        services.order_repair(lamp, by=people.town, at=at, version=1)
    assert "孙晓燕" in str(refused.value)
    assert "2026-03-10 10:00" in str(refused.value)
    assert StateChange.objects.filter(verb="order_repair").count() == 1


def test_whoever_may_not_do_it_is_not_told_who_has_done_it(lamp, people, at):
    services.order_repair(lamp, by=people.town, at=at, version=1)
    with pytest.raises(NotPermitted) as refused:
        services.order_repair(lamp, by=people.city, at=at, version=1)
    assert "孙晓燕" not in str(refused.value)


def test_a_second_click_on_a_verb_that_stays_is_told_so_too(lamp, people, at):
    services.remark(lamp, by=people.town, at=at, version=1)
    with pytest.raises(AlreadyDone):
        services.remark(lamp, by=people.town, at=at, version=1)


def test_a_second_click_is_known_even_after_something_else_followed(ordered, people, at):
    services.remark(ordered, by=people.town, at=at, version=2)
    with perform(LAMP, "climb", ordered, by=None, at=at):
        pass
    with pytest.raises(AlreadyDone):
        services.remark(ordered, by=people.town, at=at, version=2)


def test_the_same_verb_again_on_a_page_opened_afterwards_is_a_new_one(lamp, people, at):
    services.remark(lamp, by=people.town, at=at, note="one", version=1)
    services.remark(lamp, by=people.town, at=at, note="two", version=2)
    assert StateChange.objects.filter(verb="remark").count() == 2


def test_a_stale_form_is_told_who_changed_the_record(lamp, people, at):
    services.remark(lamp, by=people.county, at=at, note="look here")
    with pytest.raises(StaleForm, match="周明远"):
        services.order_repair(lamp, by=people.town, at=at, version=1)


def test_leaving_a_state_settles_its_clock_and_entering_one_starts_its_own(lamp, people, at):
    assert open_rules(lamp) == ["lamps.order"]
    services.order_repair(lamp, by=people.town, at=at)
    assert open_rules(lamp) == ["lamps.mend"]
    assert Deadline.objects.get(rule="lamps.order").state == "met"


def test_a_day_given_in_the_block_stands(lamp, people, at):
    services.order_repair(lamp, by=people.town, at=at, due_on=date(2026, 3, 12))
    assert Deadline.objects.of(lamp).open().get().due_on == date(2026, 3, 12)


def test_a_clock_that_the_verb_keeps_runs_on(ordered, people, at):
    clock = Deadline.objects.of(ordered).open().get()
    for verb in ("wait_for_part", "part_came"):
        with perform(LAMP, verb, ordered, by=people.town, at=at + timedelta(days=1)):
            pass
        assert Deadline.objects.of(ordered).open().get() == clock


def test_a_verb_that_stays_touches_no_clock(lamp, people, at):
    clock = Deadline.objects.of(lamp).open().get()
    services.remark(lamp, by=people.town, at=at + timedelta(days=1))
    assert Deadline.objects.of(lamp).open().get() == clock


def test_the_end_drops_every_clock_that_is_left(ordered, people, at):
    with perform(LAMP, "wait_for_part", ordered, by=people.town, at=at):
        pass
    services.give_up(ordered, by=people.county, at=at, reason="no such part")
    assert open_rules(ordered) == []
    assert Deadline.objects.get(rule="lamps.mend").state == "cancelled"


def test_a_late_verb_settles_its_clock_as_breached(lamp, people, at):
    services.order_repair(lamp, by=people.town, at=at + timedelta(days=20))
    assert Deadline.objects.get(rule="lamps.order").state == "breached"


def test_the_clock_may_take_only_what_the_table_gives_it(lamp, at):
    with perform(LAMP, "climb", lamp, by=None, at=at):
        pass
    assert last_change().by is None
    with pytest.raises(LookupError, match="by_clock"):
        services.order_repair(lamp, by=None, at=at)


def test_an_unknown_word_is_a_mistake_of_the_programmer(lamp, people, at):
    with pytest.raises(LookupError, match="explode"), perform(LAMP, "explode", lamp, by=people.town, at=at):
        pass


def test_who_acts_for_a_colleague_is_on_record_with_the_colleague(lamp, people, at, time_machine):
    time_machine.move_to(at)
    Delegation.objects.create(
        giver=people.town,
        receiver=people.other_town,
        from_on=at.date(),
        to_on=at.date(),
        reason="on leave",
    )
    services.order_repair(lamp, by=people.other_town, at=at)
    change = last_change()
    assert (change.by, change.on_behalf_of) == (people.other_town, people.town)
    assert Entry.objects.order_by("-id").first().on_behalf_of == people.town


def test_a_move_is_never_rewritten_but_can_be_marked_as_told(lamp, at):
    change = last_change()
    with pytest.raises(InternalError), transaction.atomic():
        StateChange.objects.filter(pk=change.pk).update(reason="other")
    with pytest.raises(InternalError), transaction.atomic():
        change.delete()
    StateChange.objects.filter(pk=change.pk).update(dispatched_at=at)


def test_beginning_puts_a_record_into_its_first_state(lamp, people, at):
    assert (lamp.state, lamp.state_since, lamp.version) == ("dark", at, 1)
    change = last_change()
    assert (change.verb, change.from_state, change.to_state) == ("report", "", "dark")
    assert open_rules(lamp) == ["lamps.order"]
    assert Entry.objects.get(target_id=lamp.pk, verb="lamps.report").actor == people.town


def test_beginning_where_one_may_not_leaves_no_record(town, people, at):
    for stranger in (people.other_town, people.city, people.enterprise):
        with pytest.raises(NotPermitted):
            services.report(town, "Lamp 9", by=stranger, at=at)
    assert not Lamp.objects.exists()


def test_a_beginning_that_the_table_does_not_list_is_the_callers_to_permit(town, people, at):
    lamp = begin(LAMP, "import_row", Lamp(region=town, name="Lamp 9"), by=people.city, at=at)
    assert last_change().verb == "import_row"
    assert lamp.version == 1
