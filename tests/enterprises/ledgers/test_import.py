"""A workbook of a ledger: rows find their enterprise by code, and what the form refuses is refused with its reason."""

from datetime import date

import pytest

from enterprises.ledgers import LEDGERS
from enterprises.ledgers.importing import LEDGER_IMPORTS
from enterprises.models import Drill, Enterprise, Licence, SafetyPerson
from listings.importing import workbooks
from listings.models import Job
from tests.factories.ledgers import checked, facts_of, make_row, taken


def written(job: Job) -> Job:
    """The import with "write" pressed, and done."""
    Job.objects.filter(pk=job.pk).update(state="waiting", params={**job.params, "step": "apply"})
    job.refresh_from_db()
    return taken(job)


def reasons(job: Job, code: str) -> list[tuple[int, str]]:
    """Row and field of what the result page shows as wrong."""
    fields = {column.head: column.name for column in LEDGER_IMPORTS[code].columns}
    return [(row, fields[head]) for row, head, _cell, _sentence in job.result["errors"]]


def cells(enterprise: Enterprise, **given: object) -> dict[str, object]:
    return {"enterprise": enterprise.uscc, **given}


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.code)
def test_every_ledger_is_filled_from_a_workbook(ledger, people, enterprise):
    words = {True: "是", False: "否"}
    facts = {
        name: words.get(value, value) if isinstance(value, bool) else value
        for name, value in facts_of(ledger).items()
    }

    job = written(checked(people.county, ledger.code, cells(enterprise, **facts)))

    row = ledger.model.objects.get(enterprise=enterprise)
    assert {name: getattr(row, name) for name in ledger.names} == facts_of(ledger)
    assert (job.state, job.result["new"]) == ("done", 1)


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.code)
def test_every_ledger_has_a_template_without_two_columns_of_one_name(ledger):
    spec = LEDGER_IMPORTS[ledger.code]
    heads = [column.head for column in spec.columns]

    assert len(set(heads)) == len(heads)
    assert workbooks.template(spec).startswith(b"PK")


def test_a_known_row_is_updated_and_one_that_says_nothing_new_is_left(people, enterprise):
    make_row("drills", enterprise, topic="演练甲", held_on=date(2026, 1, 5))
    make_row("drills", enterprise, topic="演练乙", held_on=date(2026, 1, 5))
    day = {"held_on": "2026-01-05"}

    job = written(
        checked(
            people.county,
            "drills",
            cells(enterprise, topic="演练甲", participants=41, **day),
            cells(enterprise, topic="演练乙", **day),
            cells(enterprise, topic="演练丙", **day),
        )
    )

    assert {key: job.result[key] for key in ("new", "changed", "unchanged")} == {
        "new": 1,
        "changed": 1,
        "unchanged": 1,
    }
    assert dict(Drill.objects.values_list("topic", "participants")) == {
        "演练甲": 41,
        "演练乙": 3,
        "演练丙": 0,
    }


def test_sending_the_same_file_twice_changes_nothing(people, enterprise):
    row = cells(enterprise, name="高砚平", position="full_time")
    written(checked(people.county, "persons", row))

    again = written(checked(people.county, "persons", row))

    assert again.result["unchanged"] == 1
    assert SafetyPerson.objects.count() == 1


def test_an_enterprise_outside_the_area_and_one_without_a_file_read_alike(
    people, enterprise, other_enterprise
):
    unknown = "91370523MA00000992"
    job = checked(
        people.county,
        "drills",
        cells(other_enterprise, topic="甲", held_on="2026-01-05"),
        {"enterprise": unknown, "topic": "乙", "held_on": "2026-01-05"},
    )

    assert {(row, field) for row, field in reasons(job, "drills")} == {(2, "enterprise"), (3, "enterprise")}
    assert not Drill.objects.exists()


def test_an_enterprise_imports_its_own_ledger_and_no_other(people, enterprise):
    neighbour = Enterprise.objects.exclude(pk=enterprise.pk).get()
    rows = [cells(each, topic="甲", held_on="2026-01-05") for each in (enterprise, neighbour)]

    job = checked(people.enterprise, "drills", *rows)

    assert (job.result["new"], reasons(job, "drills")) == (1, [(3, "enterprise")])


WRONG = [
    ("drills", {"topic": "甲", "held_on": "三月十日"}, "held_on"),
    ("drills", {"topic": "甲", "held_on": "2999-01-01"}, "held_on"),
    ("drills", {"topic": "甲"}, "held_on"),
    ("drills", {"topic": "甲", "held_on": "2026-01-05", "kind": "想象"}, "kind"),
    ("examinations", {"year": 2025, "kind": "during", "due": 3, "examined": 4}, "due"),
    ("examinations", {"year": 1800, "kind": "during"}, "year"),
    ("processes", {"name": "硝化", "is_key": "是"}, "key_kind"),
    ("chemicals", {"name": "苯", "cas": "71-43-3"}, "cas"),
    (
        "licences",
        {"kind": "other", "number": "甲", "valid_from": "2025-01-01", "valid_to": "2026-01-01"},
        "title",
    ),
    ("licences", {"number": "甲", "valid_from": "2026-01-02", "valid_to": "2026-01-01"}, "valid_to"),
    ("persons", {"name": "高砚平", "phone": "136"}, "phone"),
]


@pytest.mark.parametrize(("code", "row", "field"), WRONG)
def test_what_the_form_refuses_the_import_refuses_in_the_wrong_cell(code, row, field, people, enterprise):
    job = checked(people.county, code, cells(enterprise, **row))

    assert reasons(job, code) == [(2, field)]


def test_two_rows_of_one_key_and_licences_that_overlap_in_the_file_are_refused(people, enterprise):
    days = {"valid_from": "2025-01-01", "valid_to": "2026-12-31"}
    job = checked(
        people.county,
        "licences",
        cells(enterprise, number="甲", **days),
        cells(enterprise, number="乙", valid_from="2026-06-01", valid_to="2027-06-01"),
        cells(enterprise, number="丙", kind="hazchem_use", **days),
        cells(enterprise, number="丁", kind="precursor", **days),
        cells(enterprise, number="丁", kind="precursor", **days),
    )

    assert {row for row, _field in reasons(job, "licences")} == {2, 3, 5, 6}
    assert job.result["new"] == 1


def test_a_licence_that_overlaps_one_on_file_is_refused_unless_that_one_is_shortened_too(people, enterprise):
    make_row("licences", enterprise, number="甲", valid_from=date(2025, 1, 1), valid_to=date(2026, 12, 31))
    renewal = cells(enterprise, number="乙", valid_from="2026-06-01", valid_to="2029-05-31")
    shorter = cells(enterprise, number="甲", valid_from="2025-01-01", valid_to="2026-05-31")

    alone = checked(people.county, "licences", renewal)
    both = written(checked(people.county, "licences", renewal, shorter))

    assert reasons(alone, "licences") == [(2, "valid_from")]
    assert both.result["changed"] == both.result["new"] == 1
    assert list(Licence.objects.order_by("number").values_list("valid_to", flat=True)) == [
        date(2029, 5, 31),
        date(2026, 5, 31),
    ]


def test_the_clocks_start_when_the_import_is_written(people, enterprise, django_capture_on_commit_callbacks):
    row = cells(enterprise, name="高砚平", certificate_kind="安全管理", valid_to="2030-01-01")
    job = checked(people.county, "persons", row)

    with django_capture_on_commit_callbacks() as callbacks:
        written(job)

    assert any("catch_up_ledgers" in repr(callback) for callback in callbacks)


def test_an_import_shows_in_the_history_with_who_did_it(people, enterprise, sign_in):
    written(checked(people.county, "drills", cells(enterprise, topic="甲", held_on="2026-01-05")))

    lines = sign_in(people.town).get(f"/enterprises/{enterprise.pk}/ledgers/drills/").context["lines"]

    assert [line.who for line in lines] == ["周明远"]


@pytest.mark.parametrize("person", ["grid", "legal", "officer"])
def test_who_may_not_import_gets_no_page(person, people, sign_in):
    assert sign_in(getattr(people, person)).get("/enterprises/ledgers/drills/import/").status_code == 403
