"""Who changed a field: the person, the verb and the moment go with every version of a tracked record."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from audit.context import acting, current_ip
from audit.middleware import ActorMiddleware
from enterprises.models import Enterprise


def facts(enterprise):
    """What is known of each version of the record, oldest first."""
    events = enterprise.events.order_by("pgh_id").select_related("pgh_context")
    return [event.pgh_context.metadata if event.pgh_context else None for event in events]


def rename(enterprise, name):
    """Change a tracked field."""
    Enterprise.objects.filter(pk=enterprise.pk).update(name=name)


def test_a_change_carries_person_verb_and_moment(enterprise, people, at):
    with acting(people.town, "enterprises.change", at):
        rename(enterprise, "新名")
    assert facts(enterprise)[-1] == {
        "user": people.town.pk,
        "verb": "enterprises.change",
        "at": at.isoformat(),
    }


def test_the_clock_carries_no_person(enterprise, at):
    with acting(None, "enterprises.change", at):
        rename(enterprise, "新名")
    assert facts(enterprise)[-1]["user"] is None


def test_plain_sql_is_caught_too(enterprise, people, at):
    with acting(people.town, "enterprises.change", at), connection.cursor() as cursor:
        cursor.execute("UPDATE enterprises_enterprise SET name = %s WHERE id = %s", ["新名", enterprise.pk])
    assert enterprise.events.order_by("pgh_id").last().name == "新名"
    assert facts(enterprise)[-1]["user"] == people.town.pk


def test_an_act_inside_another_leaves_the_outer_ones_changes_alone(enterprise, people, at):
    later = at + timedelta(minutes=1)
    with acting(people.town, "enterprises.change", at):
        rename(enterprise, "一")
        with acting(people.county, "enterprises.import", later):
            rename(enterprise, "二")
        rename(enterprise, "三")
    verbs = [fact["verb"] for fact in facts(enterprise)[-3:]]
    assert verbs == ["enterprises.change", "enterprises.import", "enterprises.change"]


def test_two_acts_one_after_the_other_stay_apart(enterprise, people, at):
    for verb in ("enterprises.change", "enterprises.import"):
        with acting(people.town, verb, at):
            rename(enterprise, verb)
    assert [fact["verb"] for fact in facts(enterprise)[-2:]] == ["enterprises.change", "enterprises.import"]


def test_an_act_that_fails_closes_its_context(enterprise, people, at):
    with pytest.raises(ValueError, match="stop"), acting(people.town, "enterprises.change", at):
        raise ValueError("stop")
    with acting(people.county, "enterprises.import", at):
        rename(enterprise, "新名")
    assert facts(enterprise)[-1]["user"] == people.county.pk


def answer(request, work):
    """Send the request through the middleware to the work."""

    def view(request):
        work()
        return HttpResponse()

    return ActorMiddleware(view)(request)


def test_a_change_outside_any_verb_carries_the_person_of_the_request(enterprise, people):
    request = RequestFactory().post("/admin/")
    request.user = people.admin
    answer(request, lambda: rename(enterprise, "新名"))
    assert facts(enterprise)[-1] == {"user": people.admin.pk}


def test_a_verb_inside_a_request_carries_its_own_facts(enterprise, people, at):
    request = RequestFactory().post("/")
    request.user = people.town

    def work():
        rename(enterprise, "一")
        with acting(people.town, "enterprises.change", at):
            rename(enterprise, "二")

    answer(request, work)
    assert [fact.get("verb") for fact in facts(enterprise)[-2:]] == [None, "enterprises.change"]


def test_a_request_that_only_reads_is_not_asked_who_it_is():
    class Nobody:
        """A person whom nobody may look up."""

        def __getattr__(self, name):
            raise AssertionError(name)

    request = RequestFactory().get("/")
    request.user = Nobody()
    assert answer(request, lambda: None).status_code == 200


def test_the_address_holds_for_the_request_only(people):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.7")
    request.user = people.town
    seen = []
    answer(request, lambda: seen.append(current_ip()))
    assert seen == ["10.0.0.7"]
    assert current_ip() is None
