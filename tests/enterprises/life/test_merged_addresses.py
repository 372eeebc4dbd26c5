"""Old addresses of a file that was merged lead to the file that was kept, for who sees it."""

import pytest
from django.urls import reverse

from enterprises import services
from enterprises.models import Enterprise
from enterprises.plates import token_of
from tests.factories.enterprises import make_enterprise
from tests.factories.life import merged


def address(name, pk, *more):
    return reverse(f"enterprises:{name}", args=[pk, *more])


@pytest.mark.parametrize(("name", "more"), [("detail", ()), ("plate", ()), ("ledger", ("drills",))])
def test_a_page_of_the_dropped_file_leads_to_the_same_page_of_the_kept_one(
    people, enterprise, sign_in, name, more
):
    record = merged(people, enterprise)

    answer = sign_in(people.town).get(address(name, record.dropped_id, *more))

    assert (answer.status_code, answer.url) == (302, address(name, enterprise.pk, *more))


def test_what_the_address_asks_goes_along(people, enterprise, sign_in):
    record = merged(people, enterprise)

    answer = sign_in(people.town).get(f"{address('ledger', record.dropped_id, 'drills')}?page=2")

    assert answer.url == f"{address('ledger', enterprise.pk, 'drills')}?page=2"


def test_the_plate_on_the_wall_leads_there_too(people, enterprise, sign_in):
    record = merged(people, enterprise)
    url = reverse("plate", args=[token_of(record.dropped_id)])

    assert sign_in(people.grid).get(url).url == enterprise.get_absolute_url()
    assert sign_in(people.other_county).get(url).status_code == 404


def test_for_others_neither_file_exists(people, enterprise, sign_in):
    record = merged(people, enterprise)

    for person in (people.other_county, people.other_enterprise, people.expert):
        assert sign_in(person).get(address("detail", record.dropped_id)).status_code == 404


def test_a_visitor_signs_in_first(people, enterprise, client):
    record = merged(people, enterprise)

    assert reverse("account_login") in client.get(address("detail", record.dropped_id)).url


def test_nothing_is_written_under_an_old_address(people, enterprise, sign_in):
    record = merged(people, enterprise)

    assert sign_in(people.town).post(address("print_file", record.dropped_id)).status_code == 404


def test_of_files_merged_one_after_the_other_the_last_is_found(people, enterprise, sign_in, at):
    first = merged(people, enterprise)
    last = make_enterprise(enterprise.region_id, name="广饶砚池木业集团")
    services.merge(last, Enterprise.objects.get(pk=enterprise.pk), reason="一照", by=people.county, at=at)

    assert sign_in(people.town).get(address("detail", first.dropped_id)).url == last.get_absolute_url()


def test_a_file_that_was_parted_again_has_its_own_page(people, enterprise, sign_in, at):
    record = merged(people, enterprise)
    services.part(record, reason="误合并", by=people.county, at=at)

    assert sign_in(people.town).get(address("detail", record.dropped_id)).status_code == 200
