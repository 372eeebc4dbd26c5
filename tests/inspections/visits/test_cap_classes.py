"""The yearly cap by class of enterprise, by authority and by year (国办发〔2024〕54号, handbook §7.1)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from hazards.models import Hazard
from inspections import services
from inspections.models import Visit
from inspections.visits.cap import quota_of
from lifecycle.refusals import VerbRefused
from rulebook.services import parameter, revise_parameter
from tests.factories.enterprises import make_enterprise
from tests.factories.figures import moment
from tests.factories.hazards import reported
from tests.factories.inspections import certify, finished, planned
from tests.factories.rulebook import make_parameter
from tests.people import AT

pytestmark = pytest.mark.django_db
HERE, CITY = "370523", "3705"
TODAY = AT.date()


def publish(cap: int, colour: str = "", place: str = HERE) -> None:
    """Let a division publish a cap: of a class, or of all that have none of their own."""
    code = f"INSPECTION_YEAR_CAP_{colour}" if colour else "INSPECTION_YEAR_CAP"
    make_parameter(code, cap, jurisdiction=place, unit="count")


def quota(enterprise, person):
    return quota_of(enterprise.pk, person.organisation, region=enterprise.region_id, on=TODAY)


def begin(people, enterprise, *, at=AT, **about) -> Visit:
    return services.start_visit(planned(people, enterprise, at=at, **about), by=people.officer, at=at)


@pytest.mark.parametrize(
    ("facts", "colour"),
    [
        ({}, "BLUE"),
        ({"risk_tags": ["spraying"]}, "YELLOW"),
        ({"risk_tags": ["dust"]}, "ORANGE"),
    ],
)
def test_each_class_has_its_own_cap(people, facts, colour):
    publish(1, colour)
    found = quota(make_enterprise(**facts), people.officer)
    of_another_class = quota(make_enterprise(risk_tags=["ammonia"] if not facts else []), people.officer)

    assert (found.colour, found.cap, of_another_class.cap) == (colour.lower(), 1, 4)


def test_an_open_major_hazard_makes_the_class_red_from_then_on(people, enterprise):
    publish(6, "RED")
    before = quota(enterprise, people.officer)
    hazard = reported(enterprise, people.town, source="inspection")
    Hazard.objects.filter(pk=hazard.pk).update(grade="major")

    assert (before.cap, quota(enterprise, people.officer).cap) == (4, 6)


def test_a_class_without_a_number_goes_by_the_general_one(people, enterprise):
    publish(2, "RED")

    assert quota(enterprise, people.officer).cap == 4


def test_a_county_s_one_number_for_all_is_meant_for_every_class(people, enterprise):
    publish(2, "BLUE", place="")
    publish(6)

    assert quota(enterprise, people.officer).cap == 6
    assert quota(enterprise, people.other_county).cap == 2


def test_what_the_county_publishes_does_not_bind_the_city(people, enterprise):
    publish(1, "BLUE", place=HERE)
    publish(3, "BLUE", place=CITY)

    assert [quota(enterprise, who).cap for who in (people.officer, people.city)] == [1, 3]


def test_a_number_edited_from_a_day_holds_from_that_day(people, enterprise):
    publish(4, "BLUE")
    held = parameter("INSPECTION_YEAR_CAP", on=TODAY, region=HERE, subject="BLUE")
    later = TODAY + timedelta(days=30)
    revise_parameter(held, value=2, effective_from=later, reason="本机关公布", by=people.admin, at=AT)

    def cap(on):
        return quota_of(enterprise.pk, people.officer.organisation, region=HERE, on=on).cap

    assert (cap(later - timedelta(days=1)), cap(later)) == (4, 2)


def test_the_refusal_says_used_cap_class_and_basis(people, enterprise):
    publish(1, "BLUE")
    finished(people, enterprise)

    with pytest.raises(VerbRefused) as refused:
        begin(people, enterprise)

    said = str(refused.value)
    for word in ("1 of its yearly 1", "Blue", "行政处罚法", "A leader agrees"):
        assert word in said
    assert refused.value.refusal.law == "INSP54"


def test_an_inspection_by_another_authority_is_not_counted(people, enterprise):
    publish(1, "BLUE", place="")
    certify(people.city)
    finished(people, enterprise)
    of_the_city = services.plan_visit(
        enterprise, kind="inspection", people=[people.officer], by=people.city, at=AT
    )

    assert services.start_visit(of_the_city, by=people.city, at=AT).state == "under_way"


def test_a_joint_inspection_counts_once_for_who_leads_it(people, enterprise):
    publish(1, "BLUE", place="")
    certify(people.officer, people.city, people.dept)
    begin(people, enterprise, kind="joint", others=[people.city, people.dept])

    used = [quota(enterprise, who).used for who in (people.officer, people.city, people.dept)]
    assert used == [1, 0, 0]
    with pytest.raises(VerbRefused, match="1 of its yearly 1"):
        begin(people, enterprise, kind="joint", others=[people.city])


def test_a_case_takes_nothing_of_the_cap_and_needs_a_leader_and_a_reason(people, enterprise):
    publish(1, "BLUE")
    finished(people, enterprise)
    visit = planned(people, enterprise, trigger="alarm")
    with pytest.raises(VerbRefused, match="agreed to by a leader"):
        services.start_visit(visit, by=people.officer, at=AT)
    with pytest.raises(VerbRefused, match="needs a reason"):
        services.agree_over_cap(visit, reason=" ", by=people.leader, at=AT)

    services.agree_over_cap(visit, reason="监测报警核实", by=people.leader, at=AT)
    services.start_visit(visit, by=people.officer, at=AT)

    assert quota(enterprise, people.officer).used == 1


def test_an_enforcement_visit_is_a_case_by_its_kind(people, enterprise):
    publish(1, "BLUE")
    finished(people, enterprise)
    visit = planned(people, enterprise, kind="enforcement")
    with pytest.raises(VerbRefused, match="agreed to by a leader"):
        services.start_visit(visit, by=people.officer, at=AT)

    services.agree_over_cap(visit, reason="立案调查取证", by=people.leader, at=AT)

    assert services.start_visit(visit, by=people.officer, at=AT).state == "under_way"
    assert quota(enterprise, people.officer).used == 1


def test_a_re_inspection_is_free_where_a_hazard_is_open_and_there_alone(people, enterprise):
    publish(1, "BLUE")
    finished(people, enterprise)
    with pytest.raises(ValidationError, match="nothing to inspect again"):
        begin(people, enterprise, trigger="follow_up")

    reported(enterprise, people.town, source="inspection")

    assert begin(people, enterprise, trigger="follow_up").state == "under_way"
    assert quota(enterprise, people.officer).used == 1


@pytest.mark.parametrize(
    ("began", "goes"), [(moment(2025, 12, 31, 23, 59), False), (moment(2026, 1, 1, 0, 1), True)]
)
def test_what_is_typed_in_later_counts_in_the_year_in_which_it_was(people, enterprise, began, goes):
    publish(1, "BLUE")
    last_year = finished(people, enterprise)
    Visit.objects.filter(pk=last_year.pk).update(started_at=moment(2025, 11, 1))
    visit = planned(people, enterprise)

    if goes:
        services.start_visit(visit, started_at=began, by=people.officer, at=AT)
    else:
        with pytest.raises(VerbRefused, match="1 of its yearly 1"):
            services.start_visit(visit, started_at=began, by=people.officer, at=AT)
    visit.refresh_from_db()
    assert visit.state == ("under_way" if goes else "planned")


@pytest.fixture
def in_english(people, sign_in):
    people.officer.language = "en"
    people.officer.save()
    return sign_in(people.officer)


def test_who_plans_is_told_how_many_are_left(people, enterprise, in_english):
    publish(1, "BLUE")
    visit = finished(people, enterprise)
    Visit.objects.filter(pk=visit.pk).update(started_at=timezone.now())
    address = f"{reverse('inspections:plan_visit')}?enterprise={enterprise.pk}"

    page = in_english.get(address).text

    assert "1 of 1 inspections this year by the same authority" in page
    assert "A further one begins after a leader has agreed" in page


@pytest.mark.parametrize(("who", "told"), [("officer", True), ("grid", False), ("enterprise", False)])
def test_the_file_of_the_enterprise_tells_it_to_who_inspects(people, enterprise, sign_in, who, told):
    person = getattr(people, who)
    person.language = "en"
    person.save()

    page = sign_in(person).get(f"{enterprise.get_absolute_url()}?whole=shown").text

    assert ("0 of 4 inspections this year by the same authority" in page) is told
