"""An entry says who, in which post, for whom, what, to what, where, when and from which address."""

from datetime import date

import pytest
from django.utils import translation

from accounts.models import Post, User
from audit.models import Entry
from audit.phrases import known, phrase_of, register
from audit.services import record
from tests.people import AT


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(AT)


def test_it_says_who_did_what_to_what(people, enterprise, at):
    entry = record(
        people.town, "enterprises.change", enterprise, at=at, reason="企业改名", data={"fields": ["name"]}
    )
    entry.refresh_from_db()
    assert (entry.actor, entry.actor_name, entry.verb, entry.at) == (
        people.town,
        "孙晓燕",
        "enterprises.change",
        at,
    )
    assert (entry.target, entry.target_label, entry.region) == (enterprise, enterprise.name, "370523101001")
    assert (entry.reason, entry.data) == ("企业改名", {"fields": ["name"]})


def test_it_names_the_post_that_allows_the_act_here(people, enterprise, at):
    Post.objects.create(
        user=people.town, role="legal", region_id="370522", title="法制员", from_on=date(2025, 1, 1)
    )
    town = User.objects.get(pk=people.town.pk)
    assert record(town, "enterprises.change", enterprise, at=at).post_title == town.post_set.first().title
    assert record(town, "listings.export", None, at=at).post_title == ""


def test_an_act_that_no_post_is_needed_for_names_the_only_one(people, at):
    assert record(people.county, "listings.export", None, at=at).post_title != ""


def test_a_post_without_a_title_is_named_in_the_language_of_the_record(people, enterprise, at):
    Post.objects.filter(user=people.town).update(title="")
    with translation.override("en"):
        english = record(people.town, "enterprises.change", enterprise, at=at).post_title
    with translation.override("zh-hans"):
        assert record(people.town, "enterprises.change", enterprise, at=at).post_title == english


def test_writing_it_costs_one_query(people, enterprise, at, django_assert_num_queries):
    record(people.town, "enterprises.change", enterprise, at=at)
    with django_assert_num_queries(1):
        record(people.town, "enterprises.change", enterprise, at=at)


def test_a_verb_without_words_stands_as_it_is(db):
    assert phrase_of("lamps.unheard_of") == "lamps.unheard_of"
    register("lamps.unheard_of", "从未听说")
    assert ("lamps.unheard_of", "从未听说") in known()


def test_only_the_auditor_reads_the_record_as_a_whole(people, enterprise, at):
    record(people.town, "enterprises.change", enterprise, at=at)
    for name in vars(people):
        assert Entry.objects.visible_to(getattr(people, name)).exists() == (name == "auditor"), name


def test_entries_about_one_record_are_found(people, enterprise, other_enterprise, at):
    entry = record(people.town, "enterprises.change", enterprise, at=at)
    record(people.other_county, "enterprises.change", other_enterprise, at=at)
    assert list(Entry.objects.about(enterprise)) == [entry]
