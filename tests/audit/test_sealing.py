"""The chain: every entry once, in the order of their ids, each link on the one before."""

import logging
from datetime import UTC, timedelta

from audit import sealing, tasks
from audit.models import Entry, Seal
from audit.sealing import GENESIS, canonical, digest, faults, head, seal, seal_all
from audit.services import record
from tests.people import AT


def test_each_link_follows_the_one_before(entries):
    assert seal() == 5
    links = list(Seal.objects.order_by("seq"))
    assert [link.seq for link in links] == [1, 2, 3, 4, 5]
    assert [link.entry_id for link in links] == [entry.pk for entry in entries]
    assert [link.previous_hash for link in links] == [GENESIS, *(link.hash for link in links[:-1])]
    assert head() == (5, links[-1].hash)


def test_an_entry_is_sealed_once(entries):
    seal()
    assert seal() == 0
    assert Seal.objects.count() == 5


def test_the_next_round_goes_on_where_the_last_ended(entries, people, enterprise):
    seal()
    end = head()
    record(people.county, "enterprises.change", enterprise, at=AT)
    assert tasks.seal() == 1
    assert Seal.objects.get(seq=6).previous_hash == end[1]
    assert list(faults()) == []


def test_a_long_backlog_is_sealed_batch_by_batch(entries):
    assert seal(limit=2) == 2
    assert seal_all() == 3
    assert list(faults()) == []


def test_what_comes_too_late_for_the_minute_is_sealed_at_night(entries, monkeypatch, tamper):
    first, last = Entry.objects.order_by("pk").first(), Entry.objects.order_by("pk").last()
    Seal.objects.create(entry=last, seq=1, previous_hash=GENESIS, hash=digest(GENESIS, last))
    monkeypatch.setattr(sealing, "LATE", 2)
    assert tasks.seal() == 1
    assert not Seal.objects.filter(entry=first).exists()
    assert tasks.seal_stragglers() == 3
    assert list(faults()) == []


def test_the_hashed_form_does_not_depend_on_how_it_was_read(entries):
    entry = Entry.objects.get(pk=entries[0].pk)
    before = canonical(entry)
    entry.at = entry.at.astimezone(UTC)
    entry.data = dict(reversed(entry.data.items()))
    assert canonical(entry) == before


def test_the_hashed_form_holds_every_column(entries):
    assert set(sealing.FIELDS) == {field.attname for field in Entry._meta.concrete_fields}


def test_a_millionth_of_a_second_shows_in_the_hash(entries):
    entry = Entry.objects.get(pk=entries[0].pk)
    before = digest(GENESIS, entry)
    entry.at += timedelta(microseconds=1)
    assert digest(GENESIS, entry) != before


def test_the_log_names_the_head_so_that_it_is_known_elsewhere(entries, caplog):
    with caplog.at_level(logging.INFO, logger="audit.tasks"):
        tasks.seal()
    assert f"head 5:{head()[1]}" in caplog.text
    caplog.clear()
    tasks.seal()
    assert caplog.text == ""
