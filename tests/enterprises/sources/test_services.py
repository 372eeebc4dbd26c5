"""A unit is entered, identified, assessed, filed, watched and taken off the file."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from deadlines import services as deadlines
from deadlines.models import Deadline
from enterprises.models import SourceCalculation, SourceUnit
from enterprises.sources import services
from lifecycle.refusals import NotPermitted, VerbRefused
from tests.factories.sources import (
    CHLORINE,
    FACTS,
    assessed,
    filed,
    paper,
    recorded,
    submitted,
    tonnes,
    with_materials,
)


def clock(unit: SourceUnit, rule: str) -> Deadline | None:
    return deadlines.running(unit, f"enterprises.source_{rule}")


def test_a_unit_at_the_threshold_is_identified_graded_and_to_be_assessed(people, enterprise, at):
    unit = recorded(enterprise, people.enterprise)

    assert (unit.state, unit.grade, unit.s_value, unit.r_value) == (
        "identified",
        4,
        Decimal("1.2"),
        Decimal("3.6"),
    )
    assert clock(unit, "assess").due_on == date(2026, 5, 9)


def test_a_unit_below_the_threshold_is_kept_without_a_grade_and_owes_nothing(people, enterprise):
    unit = recorded(enterprise, people.enterprise, tonnes("3"))

    assert (unit.state, unit.grade) == ("below", None)
    assert not Deadline.objects.of(unit).open().exists()
    assert not SourceUnit.objects.standing().exists()


def test_a_calculation_keeps_every_line_with_the_table_values(people, enterprise):
    unit = recorded(
        enterprise, people.enterprise, tonnes("12"), tonnes("4", None, name="混合物", categories=("J3",))
    )

    kept = unit.calculations.get()
    assert (kept.edition, kept.residents_500m, kept.alpha, kept.by) == (
        "GB 18218-2018",
        80,
        Decimal("1.5"),
        people.enterprise,
    )
    assert [
        (line["name"], line["threshold"], line["threshold_from"], line["beta"]) for line in kept.lines
    ] == [
        ("氨", "10", "table1", "2"),
        ("混合物", "50", "J3", "2"),
    ]


def test_a_calculation_can_be_neither_changed_nor_deleted(people, enterprise):
    kept = recorded(enterprise, people.enterprise).calculations.get()

    for attempt in (
        lambda: SourceCalculation.objects.filter(pk=kept.pk).update(s_value=0),
        lambda: SourceCalculation.objects.filter(pk=kept.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_a_substance_without_a_threshold_is_refused_with_a_sentence(people, enterprise):
    with pytest.raises(ValidationError, match="某种物料"):
        recorded(enterprise, people.enterprise, tonnes("5", None, name="某种物料"))

    assert not SourceUnit.objects.exists()


def test_a_substance_without_beta_is_refused_with_a_sentence(people, enterprise):
    with pytest.raises(ValidationError, match="氟"):
        recorded(enterprise, people.enterprise, tonnes("5", 5))


def test_a_unit_without_substances_is_refused(people, enterprise, at):
    with pytest.raises(ValidationError):
        services.record_source(enterprise, facts=FACTS, substances=[], by=people.enterprise, at=at)


def test_an_enterprise_names_each_unit_once(people, enterprise):
    recorded(enterprise, people.enterprise)

    with pytest.raises(ValidationError) as refused:
        recorded(enterprise, people.enterprise)
    assert "name" in refused.value.error_dict


def test_nothing_is_entered_for_an_enterprise_that_has_ended(people, enterprise):
    enterprise.operating_status = "closed"

    with pytest.raises(ValidationError):
        recorded(enterprise, people.enterprise)


@pytest.mark.parametrize("person", ["town", "grid", "other_enterprise", "other_county", "dept"])
def test_whoever_may_not_enter_a_unit_here_is_refused(people, enterprise, person):
    with pytest.raises(PermissionDenied):
        recorded(enterprise, getattr(people, person))


def recalculated(unit, people, *amounts, at, **facts):
    return services.recalculate_source(
        unit, facts=facts, substances=list(amounts) or [tonnes("12")], by=people.enterprise, at=at
    )


def test_more_of_a_substance_is_a_new_calculation_beside_the_old_one(people, enterprise, at):
    unit = recorded(enterprise, people.enterprise, tonnes("60", CHLORINE), residents_500m=100)

    unit = recalculated(unit, people, tonnes("63", CHLORINE), at=at)

    assert [row.grade for row in unit.calculations.all()] == [1, 2]
    assert unit.substances.get().quantity == 63


def test_a_unit_that_grows_over_the_threshold_is_identified(people, enterprise, at):
    unit = recalculated(recorded(enterprise, people.enterprise, tonnes("3")), people, at=at)

    assert unit.state == "identified"


def test_a_unit_that_was_never_filed_leaves_the_list_when_it_falls_below(people, enterprise, at):
    unit = recalculated(assessed(enterprise, people.enterprise), people, tonnes("3"), at=at)

    assert unit.state == "below"
    assert not Deadline.objects.of(unit).open().exists()


def test_a_filed_source_that_falls_below_stays_on_file_until_it_is_deregistered(people, enterprise, at):
    unit = recalculated(filed(people, enterprise), people, tonnes("3"), at=at)

    assert (unit.state, unit.grade) == ("expired", None)
    with pytest.raises(VerbRefused):
        services.assess_source(
            unit, assessed_on=date(2026, 3, 9), agency="安评", by=people.enterprise, at=at + timedelta(days=1)
        )


def test_other_amounts_put_the_assessment_of_a_filed_source_out_of_date(people, enterprise, at):
    unit = recalculated(filed(people, enterprise), people, tonnes("40"), at=at)

    assert unit.state == "expired"
    assert clock(unit, "reassess").due_on == date(2026, 5, 9)


def test_a_correction_that_does_not_touch_the_calculation_leaves_the_filing_alone(people, enterprise, at):
    unit = recalculated(filed(people, enterprise), people, at=at, technical_name="沈听澜")

    assert (unit.state, unit.technical_name) == ("filed", "沈听澜")


def test_other_amounts_end_the_review_of_a_filing(people, enterprise, at):
    unit = recalculated(submitted(people, enterprise), people, tonnes("40"), at=at)

    assert unit.state == "expired"
    assert [row.rule for row in Deadline.objects.of(unit).open()] == ["enterprises.source_reassess"]
    with pytest.raises(VerbRefused):
        services.file_source(unit, number="BA370523〔2026〕900", by=people.county, at=at)


def test_a_correction_that_does_not_touch_the_calculation_leaves_the_review_going(people, enterprise, at):
    unit = recalculated(submitted(people, enterprise), people, at=at, technical_name="沈听澜")

    assert (unit.state, clock(unit, "review").state) == ("submitted", "running")


def test_a_unit_under_review_that_falls_below_was_never_on_file(people, enterprise, at):
    unit = recalculated(submitted(people, enterprise), people, tonnes("3"), at=at)

    assert unit.state == "below"
    assert not Deadline.objects.of(unit).open().exists()


def test_a_source_once_on_file_is_not_dropped_while_it_is_assessed_anew(people, enterprise, at):
    unit = recalculated(filed(people, enterprise), people, tonnes("40"), at=at)
    later = at + timedelta(days=2)
    unit = services.assess_source(
        unit, assessed_on=later.date(), agency="安评", by=people.enterprise, at=later
    )
    unit = recalculated(unit, people, tonnes("3"), at=later + timedelta(hours=1))

    assert (unit.state, unit.grade) == ("expired", None)


def test_filing_is_owed_fifteen_days_after_the_report_was_completed(people, enterprise):
    unit = assessed(enterprise, people.enterprise, on=date(2026, 3, 5))

    assert clock(unit, "file").due_on == date(2026, 3, 20)
    assert clock(unit, "assess") is None
    assert unit.next_review_on == date(2029, 3, 5)


def test_a_report_from_the_future_is_refused(people, enterprise, at):
    unit = recorded(enterprise, people.enterprise)

    with pytest.raises(ValidationError):
        services.assess_source(
            unit, assessed_on=date(2026, 3, 11), agency="安评", by=people.enterprise, at=at
        )


def test_a_filing_with_materials_missing_is_refused_and_names_them(people, enterprise, at):
    unit = assessed(enterprise, people.enterprise)

    with pytest.raises(VerbRefused) as refused:
        services.submit_source_filing(unit, by=people.enterprise, at=at)
    assert "10" in str(refused.value)


def test_a_complete_filing_goes_to_the_bureau_and_then_on_file(people, enterprise, at):
    unit = submitted(people, enterprise)
    assert clock(unit, "file") is None
    assert clock(unit, "review").due_on == date(2026, 3, 24)

    unit = services.file_source(unit, number="BA370523〔2026〕001", by=people.county, at=at)

    assert (unit.state, unit.filing_number, unit.filed_on) == (
        "filed",
        "BA370523〔2026〕001",
        date(2026, 3, 10),
    )
    assert clock(unit, "reassess").due_on == date(2029, 3, 5)


def test_an_enterprise_does_not_put_its_own_source_on_file(people, enterprise, at):
    unit = submitted(people, enterprise)

    with pytest.raises(NotPermitted):
        services.file_source(unit, number="1", by=people.enterprise, at=at)


def test_a_filing_number_is_given_once(people, enterprise, at):
    first = submitted(people, enterprise)
    second = submitted(people, enterprise, name="液氯库")
    services.file_source(first, number="BA370523〔2026〕001", by=people.county, at=at)

    with pytest.raises(ValidationError):
        services.file_source(second, number="BA370523〔2026〕001", by=people.county, at=at)


def test_the_next_number_of_the_county_is_proposed(people, enterprise, at):
    from enterprises.sources.services.filing import propose_number  # noqa: PLC0415 - read where it is used

    unit = submitted(people, enterprise)
    assert propose_number(unit, on=date(2026, 3, 10)) == "BA370523〔2026〕001"
    services.file_source(unit, number="BA370523〔2026〕007", by=people.county, at=at)

    assert propose_number(unit, on=date(2026, 3, 10)) == "BA370523〔2026〕008"


def test_a_filing_that_is_returned_is_owed_again(people, enterprise, at):
    unit = submitted(people, enterprise)

    unit = services.return_source_filing(unit, reason="缺平面布置图", by=people.county, at=at)

    assert unit.state == "assessed"
    assert clock(unit, "file").due_on == date(2026, 3, 25)


def test_after_three_years_the_assessment_goes_out_of_date_by_itself(people, enterprise):
    unit = filed(people, enterprise)

    deadlines.sweep(datetime(2029, 3, 6, 0, 5, tzinfo=ZoneInfo("Asia/Shanghai")))

    unit.refresh_from_db()
    assert unit.state == "expired"


def test_people_are_warned_before_the_three_years_are_over(people, enterprise):
    unit = filed(people, enterprise)

    warned = [step["at"][:10] for step in clock(unit, "reassess").steps if step["kind"] == "warned"]

    assert warned == ["2028-12-05", "2029-02-03"]


def test_a_source_assessed_anew_is_filed_anew(people, enterprise, at):
    unit = filed(people, enterprise)
    later = at + timedelta(days=400)

    unit = services.assess_source(
        unit, assessed_on=date(2027, 4, 1), agency="安评", by=people.enterprise, at=later
    )

    assert (unit.state, unit.next_review_on) == ("assessed", date(2030, 4, 1))
    assert clock(unit, "reassess") is None


def test_a_report_no_newer_than_the_one_on_file_is_refused(people, enterprise, at):
    unit = filed(people, enterprise)

    with pytest.raises(ValidationError):
        services.assess_source(unit, assessed_on=date(2026, 3, 5), agency="安评", by=people.enterprise, at=at)


def asked_to_cancel(people, enterprise, at):
    unit = filed(people, enterprise)
    report = [paper(people.enterprise, "cancel")]
    return services.request_source_cancel(
        unit, reason="罐区已拆除", report=report, by=people.enterprise, at=at
    )


def test_a_request_for_deregistration_is_decided_within_thirty_days(people, enterprise, at):
    unit = asked_to_cancel(people, enterprise, at)

    assert unit.state == "filed"
    assert clock(unit, "cancel").due_on == date(2026, 4, 9)


def test_a_source_that_is_deregistered_owes_nothing_more(people, enterprise, at):
    unit = services.grant_source_cancel(asked_to_cancel(people, enterprise, at), by=people.county, at=at)

    assert unit.state == "deregistered"
    assert not Deadline.objects.of(unit).open().exists()
    assert not SourceUnit.objects.standing().exists()


def test_a_refused_deregistration_leaves_the_source_on_file_with_its_clock(people, enterprise, at):
    unit = asked_to_cancel(people, enterprise, at)

    unit = services.refuse_source_cancel(unit, reason="储罐仍在用", by=people.county, at=at)

    assert (unit.state, unit.cancel_asked_at) == ("filed", None)
    assert clock(unit, "cancel") is None
    assert clock(unit, "reassess") is not None


def test_deregistration_is_not_asked_for_twice(people, enterprise, at):
    unit = asked_to_cancel(people, enterprise, at)

    with pytest.raises(VerbRefused):
        services.request_source_cancel(unit, reason="再次申请", by=people.enterprise, at=at)


def test_nobody_deregisters_what_was_not_asked_for(people, enterprise, at):
    with pytest.raises(VerbRefused):
        services.grant_source_cancel(filed(people, enterprise), by=people.county, at=at)


def test_a_material_of_somebody_else_is_not_bound(people, enterprise, at):
    unit = assessed(enterprise, people.enterprise)
    foreign = paper(people.county, "mhs_sds")

    with pytest.raises(ValidationError):
        services.add_source_material(unit, material="sds", files=[foreign], by=people.enterprise, at=at)


def test_a_stale_form_does_not_overwrite_a_calculation(people, enterprise, at):
    unit = with_materials(assessed(enterprise, people.enterprise), people.enterprise)

    with pytest.raises(VerbRefused):
        services.recalculate_source(
            unit, facts={}, substances=[tonnes("50")], by=people.county, at=at, version=1
        )
