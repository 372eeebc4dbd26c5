"""Several people merge the same files at the same moment, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from enterprises import services
from enterprises.models import Enterprise, MergeRecord, Transfer
from hazards.models import Hazard
from regions.models import Region
from tests.factories.enterprises import make_enterprise
from tests.factories.hazards import reported
from tests.factories.life import offered

pytestmark = pytest.mark.django_db(transaction=True)


def on_own_connection(work):
    """Run, close the connection, and give the result or the exception."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - the test looks at it
        return error
    finally:
        connection.close()


def at_once(*works):
    start = Barrier(len(works))

    def waiting(work):
        start.wait(timeout=10)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        running = [pool.submit(on_own_connection, lambda work=work: waiting(work)) for work in works]
        return [each.result(timeout=30) for each in running]


def test_each_into_the_other_leaves_one_file_with_everything(people, enterprise, at):
    double = make_enterprise(name="广饶砚池木业公司")
    for each in (enterprise, double):
        reported(each, people.county, source="inspection")

    def merge(kept, dropped):
        return services.merge(kept, dropped, reason="同一厂区", by=people.county, at=at)

    results = at_once(lambda: merge(enterprise, double), lambda: merge(double, enterprise))
    assert sorted(type(result).__name__ for result in results) == ["MergeRecord", "ValidationError"]
    left = Enterprise.objects.get(pk__in=(enterprise.pk, double.pk))
    assert set(Hazard.objects.values_list("enterprise_id", flat=True)) == {left.pk}


def test_two_files_into_a_third_at_once_both_arrive(people, enterprise, at):
    doubles = [make_enterprise(name=f"广饶砚池木业公司{serial}") for serial in range(4)]
    for each in doubles:
        reported(each, people.county, source="inspection")
    results = at_once(
        *(
            lambda each=each: services.merge(enterprise, each, reason="同一厂区", by=people.county, at=at)
            for each in doubles
        )
    )
    assert [type(result).__name__ for result in results] == ["MergeRecord"] * 4
    assert Hazard.objects.filter(enterprise=enterprise).count() == 4


def test_of_many_clicks_one_merges_and_one_parts(people, enterprise, at):
    double = make_enterprise(name="广饶砚池木业公司")
    clicks = [lambda: services.merge(enterprise, double, reason="同", by=people.county, at=at)] * 4
    assert sum(isinstance(result, ValidationError) for result in at_once(*clicks)) == 3
    record = MergeRecord.objects.get()
    clicks = [lambda: services.part(record, reason="异", by=people.county, at=at)] * 4
    assert sum(isinstance(result, ValidationError) for result in at_once(*clicks)) == 3
    assert Enterprise.objects.filter(pk=double.pk).count() == 1


def test_a_file_that_is_merged_away_while_it_is_taken_over_ends_in_one_place(people, enterprise, at):
    double = make_enterprise(name="广饶砚池木业公司")
    transfer = offered(people, double)
    town = Region.objects.get(pk="370522001")

    results = at_once(
        lambda: services.merge(enterprise, double, reason="同一厂区", by=people.county, at=at),
        lambda: services.accept_transfer(transfer, region=town, by=people.other_county, at=at),
    )

    taken = Enterprise.objects.filter(pk=double.pk, county_code="370522").exists()
    merged = MergeRecord.objects.filter(dropped_id=double.pk).exists()
    # The merge waits for the answer, and once the file lies elsewhere the county no longer has it.
    assert (taken, merged) == (True, False), results
    (refused,) = [result for result in results if isinstance(result, Exception)]
    assert isinstance(refused, ValidationError | Enterprise.DoesNotExist), results


def test_a_file_is_offered_while_another_is_merged_into_it(people, enterprise, at):
    double = make_enterprise(name="广饶砚池木业公司")
    place = Region.objects.get(pk="370522")

    results = at_once(
        lambda: services.merge(enterprise, double, reason="同一厂区", by=people.county, at=at),
        lambda: services.ask_transfer(
            enterprise, to_region=place, reason="厂区搬迁", by=people.county, at=at
        ),
    )

    # A merge waits for the answer to an offer; an offer follows a merge.
    refused = [each for each in results if isinstance(each, Exception)]
    assert all(isinstance(each, ValidationError) for each in refused)
    assert Transfer.objects.get().enterprise_id == enterprise.pk
    assert Enterprise.objects.filter(pk=double.pk).exists() == bool(refused)
