"""Whose certificates count: those who take part, on the day on which the site was visited."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.models import EnforcementCertificate, Post, User
from inspections import services
from inspections.choices import Side
from inspections.models import Visit
from inspections.visits.rules import missing_sides
from lifecycle.refusals import VerbRefused
from tests.factories.inspections import certify, planned, under_way
from tests.people import AT

pytestmark = pytest.mark.django_db


def begin(visit: Visit, people, **about) -> Visit:
    return services.start_visit(visit, by=people.officer, at=AT, **about)


def test_one_certified_officer_is_one_too_few(people, enterprise):
    certify(people.officer)

    with pytest.raises(VerbRefused, match="the law wants 2") as refused:
        begin(planned(people, enterprise), people)
    assert (refused.value.refusal.law, refused.value.refusal.article) == ("APL", 42)


def test_two_certificates_of_one_officer_are_one_officer(people, enterprise):
    certify(people.officer, people.officer)

    with pytest.raises(VerbRefused, match="the law wants 2"):
        begin(planned(people, enterprise), people)


def move_to(person: User, **post: object) -> None:
    """Give the person's posts another place or role."""
    Post.objects.filter(user=person).update(**post)
    # What a person holds is read once in a request.
    vars(person).pop("posts", None)


def test_an_officer_of_another_district_is_not_named_for_an_inspection_here(people, enterprise):
    certify(people.officer, people.other_county)

    with pytest.raises(ValidationError, match="魏长林"):
        planned(people, enterprise, others=[people.other_county])
    assert not Visit.objects.exists()


def test_an_officer_who_went_to_another_district_is_not_the_second_one(people, enterprise):
    visit = planned(people, enterprise)
    move_to(people.second_officer, region="370522")

    with pytest.raises(VerbRefused, match="the law wants 2"):
        begin(visit, people)


def test_an_officer_of_the_city_is_a_second_one_in_its_districts(people, enterprise):
    certify(people.officer, people.city)

    assert begin(planned(people, enterprise, others=[people.city]), people).state == "under_way"


def test_a_department_meets_others_at_a_joint_inspection_outside_its_own_industry(people, enterprise):
    certify(people.officer, people.dept)
    move_to(people.dept, industry="non_coal_mine")

    with pytest.raises(ValidationError, match="程砚"):
        planned(people, enterprise, others=[people.dept])
    joint = planned(people, enterprise, others=[people.dept], kind="joint")
    assert begin(joint, people).state == "under_way"


def test_an_expert_with_a_certificate_neither_counts_nor_signs_as_an_officer(people, enterprise):
    certify(people.officer, people.second_officer, people.expert)
    with pytest.raises(VerbRefused, match="the law wants 2"):
        begin(planned(people, enterprise, others=[people.expert]), people)

    visit = begin(planned(people, enterprise, others=[people.second_officer, people.expert]), people)
    assert visit.participants.get(user=people.expert).certificate_number == ""
    for signer in (people.officer, people.expert):
        services.sign(visit, side="officer", name="", signer=signer, by=people.officer, at=AT)
    assert Side.OFFICER in missing_sides(visit)
    services.sign(visit, side="officer", name="", signer=people.second_officer, by=people.officer, at=AT)
    assert missing_sides(visit) == [Side.PARTY]


@pytest.mark.parametrize(("until", "begins"), [(AT.date(), True), (AT.date() - timedelta(days=1), False)])
def test_a_certificate_holds_until_the_end_of_its_last_day(people, enterprise, until, begins):
    certify(people.officer)
    certify(people.second_officer, until=until)
    visit = planned(people, enterprise)

    if begins:
        assert begin(visit, people).state == "under_way"
    else:
        with pytest.raises(VerbRefused, match="the law wants 2"):
            begin(visit, people)


def test_an_inspection_typed_in_later_was_not_made_by_officers_certified_only_since(people, enterprise):
    certify(people.officer, people.second_officer)
    EnforcementCertificate.objects.filter(user=people.second_officer).update(valid_from=AT.date())
    visit = planned(people, enterprise)

    with pytest.raises(VerbRefused, match="the law wants 2"):
        begin(visit, people, started_at=AT - timedelta(days=2))
    visit.refresh_from_db()
    assert visit.state == "planned"


def test_the_certificate_of_the_day_stands_beside_the_name(people, enterprise):
    certify(people.officer, people.second_officer)
    old = people.officer.certificates.get()
    EnforcementCertificate.objects.filter(pk=old.pk).update(valid_to=date(2026, 3, 9))
    certify(people.officer)
    new = people.officer.certificates.exclude(pk=old.pk).get()

    visit = begin(planned(people, enterprise), people)

    assert visit.participants.get(user=people.officer).certificate_number == new.number


def test_a_certificate_that_ends_during_the_visit_does_not_hold_up_its_end(people, enterprise):
    visit = under_way(people, enterprise)
    EnforcementCertificate.objects.update(valid_to=date(2026, 3, 9))

    assert all(visit.participants.values_list("certificate_number", flat=True))
