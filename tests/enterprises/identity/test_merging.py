"""Two files become one and are parted again: each ID number stays with its file, and no record holds one in clear."""

from datetime import timedelta

import pytest
from django.db import connection

from enterprises import services
from enterprises.life.merging import preview
from enterprises.models import Enterprise, LegalRepIdentity, MergeRecord
from tests.enterprises.identity.conftest import NUMBER, SHOWN
from tests.factories.enterprises import make_enterprise
from tests.factories.identity import valid_id_no

pytestmark = pytest.mark.django_db
THEIRS = valid_id_no(733, born="19700101")
THEIRS_SHOWN = f"370{'*' * 11}{THEIRS[-4:]}"


@pytest.fixture
def double(people, at) -> Enterprise:
    """A second file of the enterprise, with another number."""
    row = make_enterprise(name="广饶砚池木业公司")
    return services.change(row, facts={"legal_rep_id_no": THEIRS}, by=people.town, at=at)


def merged(people, kept, dropped, at, **more) -> MergeRecord:
    return services.merge(kept, dropped, reason="一照两档", by=people.county, at=at, **more)


def parted(people, record, at) -> Enterprise:
    return services.part(record, reason="两家企业", by=people.county, at=at + timedelta(days=3))


def number_of(enterprise) -> tuple[str, str]:
    """Return what a file shows, and the whole number kept for it."""
    row = Enterprise.objects.get(pk=enterprise.pk)
    kept = LegalRepIdentity.objects.filter(enterprise=row).first()
    return row.legal_rep_id_no, kept.id_no if kept else ""


def test_a_file_without_a_number_takes_that_of_the_other(people, enterprise, double, at):
    record = merged(people, enterprise, double, at)
    assert number_of(enterprise) == (THEIRS_SHOWN, THEIRS)

    restored = parted(people, record, at)
    assert number_of(restored) == (THEIRS_SHOWN, THEIRS)
    assert number_of(enterprise) == ("", "")


def test_a_file_with_a_number_keeps_it(people, filed, double, at):
    record = merged(people, filed, double, at)
    assert number_of(filed) == (SHOWN, NUMBER)

    restored = parted(people, record, at)
    assert number_of(restored) == (THEIRS_SHOWN, THEIRS)
    assert number_of(filed) == (SHOWN, NUMBER)


def test_the_number_of_the_other_may_be_said_to_be_right(people, filed, double, at):
    record = merged(people, filed, double, at, take=["legal_rep_id_no"])
    assert number_of(filed) == (THEIRS_SHOWN, THEIRS)

    restored = parted(people, record, at)
    assert number_of(restored) == (THEIRS_SHOWN, THEIRS)
    assert number_of(filed) == (SHOWN, NUMBER)


def test_a_number_corrected_in_between_goes_with_the_row_that_goes(people, enterprise, double, at):
    record = merged(people, enterprise, double, at)
    later = valid_id_no(5)
    services.change(enterprise, facts={"legal_rep_id_no": later}, by=people.town, at=at)

    restored = parted(people, record, at)

    assert number_of(restored) == (f"370{'*' * 11}{later[-4:]}", later)
    assert number_of(enterprise) == ("", "")


@pytest.mark.parametrize("take", [[], ["legal_rep_id_no"]])
def test_the_record_of_a_merge_holds_no_number_in_clear(people, filed, double, at, take):
    merged(people, filed, double, at, take=take)

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM enterprises_mergerecord t")
        [(raw,)] = cursor.fetchall()
    assert NUMBER[3:14] not in raw
    assert THEIRS[3:14] not in raw


def test_the_preview_shows_both_masked(filed, double):
    seen = {each.name: each for each in preview(filed, double).differences}["legal_rep_id_no"]

    assert (seen.kept, seen.dropped, seen.taken) == (SHOWN, THEIRS_SHOWN, False)


def test_a_merge_of_before_the_number_was_kept_can_still_be_parted(people, enterprise, at):
    double = make_enterprise(name="广饶砚池木业公司")
    record = merged(people, enterprise, double, at)
    record.snapshot.pop("legal_rep_id_no")
    record.save()

    restored = parted(people, record, at)

    assert number_of(restored) == ("", "")
