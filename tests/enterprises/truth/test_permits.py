"""A licence that names another place than the file says becomes a task, with both values."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from deadlines.services import running
from enterprises import services
from enterprises.ledgers import find
from enterprises.ledgers.services import add_row, change_row
from enterprises.models import Conflict, Licence
from enterprises.tasks import compare_licences
from enterprises.truth import permits
from tests.factories.books import company, put_in, tried
from tests.factories.ledgers import facts_of
from tests.people import AT

pytestmark = pytest.mark.django_db
ELSEWHERE = "山东省东营市广饶县稻庄镇西水路3号"


def entered(enterprise, people, address: str, **facts: object) -> Licence:
    """A licence that the enterprise enters."""
    ledger = find("licences")
    wanted = {**facts_of(ledger), "address": address, "valid_to": date(2028, 1, 1), **facts}
    return add_row(enterprise, ledger, facts=wanted, by=people.enterprise, at=AT)


def conflicts(enterprise) -> list[Conflict]:
    return list(Conflict.objects.filter(enterprise=enterprise))


def test_another_place_is_a_conflict_with_both_values_and_the_licence_behind_it(enterprise, people):
    licence = entered(enterprise, people, ELSEWHERE)

    (conflict,) = conflicts(enterprise)
    assert (conflict.field, conflict.source) == ("production_address", "permit")
    assert (conflict.declared, conflict.seen) == (enterprise.production_address, ELSEWHERE)
    assert conflict.reference == str(licence)
    assert conflict.reference_url == reverse(
        "enterprises:ledger_edit", args=[enterprise.pk, "licences", licence.pk]
    )
    assert running(conflict, "enterprises.resolve_conflict") is not None


@pytest.mark.parametrize(
    "address",
    [
        "{file}",
        "山东省东营市广饶县大王镇{file}",
        "东营市广饶县{file}",
        "广饶县 大王镇 {file}",
        "山东东营广饶大王镇{file}",
        "",
    ],
)
def test_the_same_place_with_more_or_less_before_it_is_none(enterprise, people, address):
    entered(enterprise, people, address.format(file=enterprise.production_address))

    assert conflicts(enterprise) == []


def test_the_registered_address_is_a_place_of_the_file_too(enterprise, people):
    type(enterprise).objects.filter(pk=enterprise.pk).update(registered_address="大王镇府前街9号")
    enterprise.refresh_from_db()

    entered(enterprise, people, "广饶县大王镇府前街9号")

    assert conflicts(enterprise) == []


def test_the_name_of_a_division_inside_an_address_stands_for_itself(enterprise, people):
    assert permits.plain("广饶县广饶路8号", ["广饶县"]) != permits.plain("广饶县8号", ["广饶县"])
    assert permits.plain("广饶县", ["广饶县"]) == "广饶县"


def test_a_licence_that_has_run_out_says_nothing_of_today(enterprise, people):
    entered(enterprise, people, ELSEWHERE, valid_from=date(2022, 1, 1), valid_to=date(2025, 1, 1))

    assert conflicts(enterprise) == []


def test_a_corrected_place_is_compared_and_another_field_is_not(enterprise, people):
    licence = entered(enterprise, people, enterprise.production_address)
    change_row(licence, facts={"issuer": "广饶县应急管理局"}, by=people.enterprise, at=AT)
    assert conflicts(enterprise) == []

    change_row(licence, facts={"address": ELSEWHERE}, by=people.enterprise, at=AT)
    assert [row.seen for row in conflicts(enterprise)] == [ELSEWHERE]


def test_what_was_resolved_is_not_reported_again_for_the_same_words(enterprise, people):
    licence = entered(enterprise, people, ELSEWHERE)
    services.keep_declared(
        conflicts(enterprise)[0], reason="许可证地址为仓库", by=people.town, at=AT + timedelta(hours=1)
    )

    change_row(licence, facts={"address": ""}, by=people.enterprise, at=AT + timedelta(hours=2))
    change_row(licence, facts={"address": ELSEWHERE}, by=people.enterprise, at=AT + timedelta(hours=3))

    assert [row.state for row in conflicts(enterprise)] == ["resolved_declared"]


def test_taking_what_the_licence_says_writes_it_into_the_file(enterprise, people):
    entered(enterprise, people, ELSEWHERE)

    services.take_seen(conflicts(enterprise)[0], value="稻庄镇西水路3号", by=people.town, at=AT)

    enterprise.refresh_from_db()
    assert enterprise.production_address == "稻庄镇西水路3号"


def test_imported_licences_are_compared_in_the_worker(people, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(permits, "BATCH", 2)
    companies = [company(serial) for serial in range(1, 6)]
    licences = [
        {
            "enterprise": each["uscc"],
            "number": f"鲁{number}",
            "valid_from": "2025-01-01",
            "valid_to": "2028-12-31",
            "address": ELSEWHERE if number else each["production_address"],
        }
        for number, each in enumerate(companies)
    ]
    put_in(tried(people.county, enterprises=companies, licences=licences))
    since = Licence.objects.first().updated_at

    last = 0
    while last is not None:
        last = permits.compare_licences(since=since, at=since, after=last)
    assert Conflict.objects.filter(source="permit", seen=ELSEWHERE).count() == 4
    compare_licences(since.isoformat())
    assert Conflict.objects.count() == 4
