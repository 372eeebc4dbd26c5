"""Whose certificates count: those who take part, on the day on which the site was visited."""

from datetime import date, timedelta

import pytest

from accounts.models import EnforcementCertificate
from inspections import services
from inspections.models import Visit
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
