"""What a person is offered: what they may do from here, and why something cannot be done yet."""

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template

from lifecycle.services import bulk, offered, perform
from rulebook.models import Law
from tests.factories.lamps import dark_lamp
from tests.lifecycle.lamps import services
from tests.lifecycle.lamps.lifecycle import LAMP
from tests.lifecycle.lamps.models import Lamp

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.lifecycle.lamps.urls")]


def names(lamp, user, at):
    """Return the names of the verbs offered."""
    return [offer.verb.name for offer in offered(LAMP, lamp, user, at)]


def render(source, **context):
    """Render a template that uses the tags, without the space between them."""
    return " ".join(Template("{% load lifecycle_tags %}" + source).render(Context(context)).split())


def test_only_verbs_of_the_state_and_of_the_persons_posts_are_offered(lamp, people, at):
    assert names(lamp, people.town, at) == ["order_repair", "remark"]
    assert names(lamp, people.county, at) == ["order_repair", "remark", "give_up"]
    assert names(lamp, people.city, at) == []
    assert names(lamp, people.other_town, at) == []


def test_a_verb_that_cannot_be_done_yet_is_offered_with_its_reason(ordered, people, at):
    offers = {offer.verb.name: offer for offer in offered(LAMP, ordered, people.town, at)}
    assert offers["mend"].refusal.missing == "The part is not there."
    assert offers["remark"].refusal is None
    assert offers["remark"].url == f"/lamps/{ordered.pk}/remark/"


def test_what_is_offered_is_done_and_what_is_not_offered_is_refused(ordered, people, at):
    ordered.has_part = True
    ordered.save()
    possible = {offer.verb.name for offer in offered(LAMP, ordered, people.town, at) if not offer.refusal}
    assert "mend" in possible
    assert services.mend(ordered, by=people.town, at=at).state == "lit"


def test_the_badge_is_a_disk_and_the_word(lamp):
    html = '<span class="sw-state" data-phase="0">Dark</span>'
    assert render("{% state_badge lamp %}", lamp=lamp) == html
    assert "sw-state-lg" in render("{% state_badge lamp large=True %}", lamp=lamp)
    assert render("{% state_label lamp %}", lamp=lamp) == "Dark"


def test_the_buttons_lead_to_the_verbs_and_one_of_them_is_filled(lamp, people, at):
    html = render("{% verb_buttons lamp %}", lamp=lamp, user=people.county, at=at)
    assert f'<a class="btn btn-primary" href="/lamps/{lamp.pk}/order_repair/">Order the repair</a>' in html
    assert f'<a class="btn" href="/lamps/{lamp.pk}/give_up/">Give up</a>' in html
    assert html.count("btn-primary") == 1


def test_a_refused_verb_stays_visible_and_says_why_with_the_article(ordered, people, at):
    Law.objects.create(short_id="LAMP", title="路灯条例", mark="D")
    html = render("{% verb_buttons lamp %}", lamp=ordered, user=people.town, at=at)
    assert 'aria-disabled="true" aria-describedby="why-mend"' in html
    assert "<b>The part is not there.</b> A lamp is mended with its own part." in html
    assert "《路灯条例》第三条</a>" in html


def test_a_law_that_is_not_loaded_takes_only_the_link_away(ordered, people, at):
    html = render("{% verb_buttons lamp %}", lamp=ordered, user=people.town, at=at)
    assert "<b>The part is not there.</b>" in html
    assert "<a href=" not in html.split('id="why-mend"')[1].split("</p>")[0]


def test_nothing_is_shown_to_who_may_do_nothing(lamp, people, at):
    assert render("{% verb_buttons lamp %}", lamp=lamp, user=people.city, at=at) == ""


def test_badges_and_buttons_of_many_verbs_cost_no_query(lamp, people, at, django_assert_num_queries):
    assert people.county.scope
    with django_assert_num_queries(0):
        render("{% state_badge lamp %}{% verb_buttons lamp %}", lamp=lamp, user=people.county, at=at)


def test_a_bulk_verb_does_what_it_can_and_says_why_for_the_rest(town, lamp, ordered, people, at):
    far = dark_lamp(town, by=people.town, at=at, name="Lamp 3")
    Lamp.objects.filter(pk=far.pk).update(region_id="370523102")
    ready = services.order_repair(dark_lamp(town, by=people.town, at=at), by=people.town, at=at)
    Lamp.objects.filter(pk=ready.pk).update(has_part=True)
    result = bulk(services.mend, [lamp, ordered, far, ready], by=people.town, at=at, note="together")
    assert [row.pk for row in result.done] == [ready.pk]
    reasons = {row.pk: sentence for row, sentence in result.skipped}
    assert "Dark" in reasons[lamp.pk]
    assert reasons[ordered.pk].startswith("The part is not there.")
    assert reasons[far.pk] == "找不到这条记录。"
    ready.refresh_from_db()
    assert (ready.state, ready.note) == ("lit", "together")


def test_a_bulk_row_that_fails_its_check_leaves_nothing_half_written(lamp, people, at):
    def write_then_refuse(row, *, by, at):
        with perform(LAMP, "remark", row, by=by, at=at) as fresh:
            fresh.note = "half"
            fresh.save()
            raise ValidationError({"note": ["Too short.", "Too dull."]})

    result = bulk(write_then_refuse, [lamp], by=people.town, at=at)
    assert result.skipped == [(lamp, "Too short. Too dull.")]
    lamp.refresh_from_db()
    assert (lamp.note, lamp.version) == ("", 1)


def test_an_error_that_is_nobodys_refusal_is_not_swallowed(lamp, people, at):
    def broken(row, *, by, at):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        bulk(broken, [lamp], by=people.town, at=at)
