"""A listing for supervision: told to the city, made public, prolonged, ended, and its end made public."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from deadlines.models import Deadline, DeadlineState
from hazards import services
from hazards.models import Hazard
from hazards.views.governance import LEDGER, LISTED, Listings, MajorLedger
from lifecycle.refusals import VerbRefused
from tests.factories.hazards import rectifying
from tests.hazards.test_major_loop import LISTING, review
from tests.people import AT

pytestmark = pytest.mark.django_db
PUBLIC = "干式除尘系统未设置泄爆装置"


@pytest.fixture
def listed(planned, people) -> Hazard:
    return services.list_for_supervision(planned, listing=LISTING, by=people.leader, at=AT)


@pytest.fixture
def published(listed, people) -> Hazard:
    return services.publish_listing(listed, public_text=PUBLIC, by=people.county, at=AT)


@pytest.fixture
def delisted(under_review, people) -> Hazard:
    hazard = services.list_for_supervision(under_review, listing=LISTING, by=people.leader, at=AT)
    hazard = services.publish_listing(hazard, public_text=PUBLIC, by=people.county, at=AT)
    hazard = review(hazard, people, AT)
    hazard = services.release(hazard, by=people.leader, at=AT)
    return services.delist(hazard, reason="已消除", by=people.county, at=AT)


def clocks(hazard: Hazard) -> set[str]:
    return set(Deadline.objects.of(hazard).open().values_list("rule", flat=True))


def public_page(client) -> str:
    return client.get(reverse("listed_hazards")).content.decode()


def test_a_listing_starts_its_clocks(listed):
    days = {row.rule: row.due_on for row in Deadline.objects.of(listed).open() if "listing" in row.rule}
    assert days == {
        "hazards.listing": date(2026, 4, 20),
        "hazards.publish_listing": date(2026, 3, 17),
        "hazards.report_listing": date(2026, 3, 13),
    }


def test_what_the_city_lists_is_not_reported_to_it(planned, people):
    hazard = services.list_for_supervision(
        planned, listing={**LISTING, "level": "city"}, by=people.city, at=AT
    )
    assert "hazards.report_listing" not in clocks(hazard)
    with pytest.raises(VerbRefused):
        services.report_listing(hazard, by=people.city, at=AT)


def test_a_listing_lasts_a_year_at_most(planned, people):
    with pytest.raises(ValidationError):
        services.list_for_supervision(
            planned, listing={**LISTING, "deadline_on": date(2027, 3, 12)}, by=people.leader, at=AT
        )
    assert not planned.listings.exists()


def test_the_listing_is_reported_to_the_city_once(listed, people):
    hazard = services.report_listing(listed, by=people.county, at=AT)

    assert hazard.listings.get().reported_by == people.county
    assert "hazards.report_listing" not in clocks(hazard)
    with pytest.raises(VerbRefused):
        services.report_listing(hazard, by=people.county, at=AT)


# The public page


def test_nothing_is_public_before_it_was_published(listed, client):
    assert listed.enterprise.name not in public_page(client)


def test_anyone_reads_a_published_listing_without_signing_in(published, client):
    page = public_page(client)

    assert PUBLIC in page
    assert published.enterprise.name in page
    assert "停产整改" in page


def test_persons_and_phones_are_not_public(published, client):
    page = public_page(client)

    assert not any(
        secret in page for secret in ("高砚平", "孙晓燕", published.number, published.enterprise.uscc)
    )


def test_publishing_settles_its_clock(published):
    settled = Deadline.objects.of(published).get(rule="hazards.publish_listing")

    assert settled.state == DeadlineState.MET


def test_a_notice_without_words_is_refused(listed, people):
    with pytest.raises(ValidationError):
        services.publish_listing(listed, public_text=" ", by=people.county, at=AT)


def test_removed_and_unpublished_it_leaves_the_public_page(delisted, client):
    assert PUBLIC not in public_page(client)


def test_its_end_is_published_and_read_for_a_while(delisted, people, client, monkeypatch):
    assert "hazards.publish_delisting" in clocks(delisted)
    services.publish_delisting(delisted, by=people.county, at=AT)
    assert "hazards.publish_delisting" not in clocks(delisted)

    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + timedelta(days=30))
    assert PUBLIC in public_page(client)
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + timedelta(days=120))
    assert PUBLIC not in public_page(client)


def test_a_listing_never_published_has_no_end_to_publish(under_review, people):
    hazard = services.list_for_supervision(under_review, listing=LISTING, by=people.leader, at=AT)
    hazard = services.release(review(hazard, people, AT), by=people.leader, at=AT)
    assert "hazards.publish_listing" in clocks(hazard)

    hazard = services.delist(hazard, reason="已消除", by=people.county, at=AT)
    assert not clocks(hazard) & {"hazards.publish_listing", "hazards.publish_delisting"}


def test_released_in_time_the_listing_was_met(delisted):
    assert Deadline.objects.of(delisted).get(rule="hazards.listing").state == DeadlineState.MET


# More time


def ask(hazard, people, at=AT, until=date(2026, 6, 1)):
    return services.ask_listing_extension(
        hazard, requested_on=until, reason="设备进口周期长", by=people.enterprise, at=at
    )


def test_more_time_is_asked_for_and_granted(listed, people):
    hazard = services.grant_listing_extension(
        ask(listed, people), granted_on=date(2026, 5, 20), by=people.leader, at=AT
    )

    assert hazard.listings.get().deadline_on == date(2026, 5, 20)
    assert Deadline.objects.of(hazard).open().get(rule="hazards.listing").due_on == date(2026, 5, 20)
    assert "hazards.decide_listing" not in clocks(hazard)


def test_refused_the_day_stands(listed, people):
    hazard = services.refuse_listing_extension(
        ask(listed, people), reason="可以国产替代", by=people.leader, at=AT
    )

    assert hazard.listings.get().deadline_on == date(2026, 4, 20)
    assert hazard.listings.get().extensions.get().granted is False


def test_twenty_working_days_before_the_end_is_the_last_moment(listed, people):
    with pytest.raises(VerbRefused):
        ask(listed, people, at=AT + timedelta(days=20))


@pytest.mark.parametrize("until", [date(2026, 4, 20), date(2026, 6, 2)])
def test_a_day_not_later_or_beyond_what_was_asked_is_not_granted(until, listed, people):
    hazard = ask(listed, people)
    with pytest.raises(ValidationError):
        services.grant_listing_extension(hazard, granted_on=until, by=people.leader, at=AT)


# The lists


@pytest.mark.parametrize("name", ["hazards:listings", "hazards:major_ledger"])
def test_the_lists_show_what_is_listed_and_how_far_it_is(name, listed, people, sign_in):
    report = {"percent": 40, "text": "泄爆装置到货"}
    services.report_progress(listed, report=report, by=people.enterprise, at=AT)

    page = sign_in(people.county).get(reverse(name)).content.decode()
    assert listed.description[:10] in page
    assert "40" in page


def test_general_hazards_are_not_in_the_ledger(people, enterprise, sign_in):
    hazard = rectifying(people, enterprise)

    assert hazard.number not in sign_in(people.county).get(reverse("hazards:major_ledger")).content.decode()


def test_another_county_sees_none_of_it(listed, people, sign_in):
    browser = sign_in(people.other_county)
    for name in ("hazards:listings", "hazards:major_ledger"):
        assert listed.description[:10] not in browser.get(reverse(name)).content.decode()


def test_the_ledger_keeps_those_without_a_report_this_week(listed, people, sign_in, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + timedelta(days=1))
    browser = sign_in(people.county)
    url = reverse("hazards:major_ledger") + "?silent=true"
    assert listed.number in browser.get(url).content.decode()

    services.report_progress(listed, report={"percent": 10, "text": "开工"}, by=people.enterprise, at=AT)
    assert listed.number not in browser.get(url).content.decode()


def test_the_paper_says_state_cause_and_danger_by_which_standard_and_who_supervises(listed, people, sign_in):
    people.county.language = "en"
    people.county.save()
    browser = sign_in(people.county)

    def exported(name: str) -> str:
        page = browser.get(browser.get(reverse(name)).context["ledger_url"]).context["page"]
        return browser.get(page.csv_url()).content.decode("utf-8-sig")

    ledger, plan = exported("hazards:major_ledger"), listed.plans.first()
    assert 'Present state and cause,"Danger, and difficulty of removal",Goals and tasks' in ledger
    assert plan.condition
    assert plan.danger
    assert {plan.condition, plan.danger} <= set(ledger.replace("\n", ",").split(","))
    assert f"{listed.criterion.set_name} {listed.criterion.clause}" in ledger
    assert listed.listings.get().supervising_unit == "广饶县应急管理局"
    assert "Listing body,Supervising unit" in exported("hazards:listings")


def test_a_plan_says_what_is_the_matter_before_what_is_done(planned, people, sign_in):
    browser = sign_in(people.enterprise)
    page = browser.get(planned.get_absolute_url()).content.decode()
    section, plan = page.partition('aria-labelledby="five"')[2], planned.plans.first()
    assert section.index(plan.condition) < section.index(plan.danger) < section.index(plan.measures)


@pytest.mark.parametrize(
    ("name", "columns"), [("hazards:listings", Listings), ("hazards:major_ledger", MajorLedger)]
)
def test_the_paper_s_columns_are_one_click_away_and_exported_in_their_order(
    name, columns, listed, people, sign_in
):
    people.county.language = "en"
    people.county.save()
    browser = sign_in(people.county)
    url = browser.get(reverse(name)).context["ledger_url"]
    wanted = LEDGER if columns is MajorLedger else LISTED
    labels = {column.name: column for column in columns.columns}
    assert set(wanted) <= set(labels)

    answer = browser.get(url)
    page = answer.context["page"]
    assert [column.name for column in page.chosen] == list(wanted)
    # So many columns are moved sideways; the page's own choice fits on the screen.
    assert "is-wide" in answer.content.decode()
    assert "is-wide" not in browser.get(reverse(name)).content.decode()
    exported = browser.get(page.csv_url()).content.decode("utf-8-sig").splitlines()
    head = next(line for line in exported if "Hazard number" in line)
    assert head.split(",")[:2] == ["Hazard number", "Enterprise"]
    assert any(listed.number in line for line in exported)
