"""What stands in the printed file: every part, as this person may see it, at this moment."""

import pytest
from django.utils import translation

from accounts.masking import mask_id_no
from enterprises import services
from enterprises.models import Enterprise
from enterprises.onefile import making
from enterprises.onefile.making import report_of, sections
from enterprises.onefile.section import MOST_COLUMNS, Reader, Room
from enterprises.truth.facts import confirm
from hazards.services import issue_notice, mark_not_hazard
from paperwork.reports.blocks import Facts, Heading, Remark, Table
from tests.factories.hazards import rectifying, reported
from tests.factories.identity import valid_id_no
from tests.factories.ledgers import make_row
from tests.factories.life import offered, stopped
from tests.factories.sources import recorded
from tests.factories.truth import make_conflict


def written(code, enterprise, user, at):
    """Return the blocks of one section for a person."""
    section = next(each for each in sections() if each.code == code)
    return section.write(Reader(Enterprise.objects.get(pk=enterprise.pk), user, at))


def heads(blocks):
    return [block.text for block in blocks if isinstance(block, Heading)]


def tables(blocks):
    return [block for block in blocks if isinstance(block, Table)]


def words(blocks):
    """Return every word of the blocks in one text."""
    found = [block.text for block in blocks if isinstance(block, Heading | Remark)]
    found += [" ".join(row) for block in blocks if isinstance(block, Facts) for row in block.rows]
    found += [" ".join((*line.cells, line.note)) for table in tables(blocks) for line in table.lines]
    return "\n".join(found)


def test_the_facts_say_who_confirmed_them_and_keep_numbers_of_persons_masked(people, enterprise, at):
    confirm(enterprise, "contact", by=people.enterprise, at=at)

    text = words(written("facts", enterprise, people.town, at))

    assert any(
        "陆春生" in line and "2026-03-10" in line and "2026-06-08" in line for line in text.splitlines()
    )
    assert enterprise.contact_phone not in text
    assert f"{enterprise.contact_phone[:3]}****{enterprise.contact_phone[-4:]}" in text


def test_the_id_number_stands_there_masked_and_for_a_grid_worker_not_at_all(people, enterprise, at):
    number = valid_id_no(27)
    services.change(enterprise, facts={"legal_rep_id_no": number}, by=people.town, at=at)
    services.change(enterprise, facts={"legal_rep_id_no": valid_id_no(613)}, by=people.enterprise, at=at)

    def text(person, *sections):
        return "\n".join(words(written(code, enterprise, person, at)) for code in sections)

    assert mask_id_no(number) in text(people.town, "facts")
    assert mask_id_no(valid_id_no(613)) in text(people.town, "differences")
    assert number not in text(people.town, "facts", "differences")
    assert "370***" not in text(people.grid, "facts")


def test_every_ledger_with_rows_has_its_head_and_the_empty_ones_are_named(people, enterprise, at):
    make_row("licences", enterprise, scope="乙醇、丙酮")

    blocks = written("ledgers-licences", enterprise, people.town, at)

    assert len(heads(blocks)) == 1
    (licence,) = tables(blocks)[0].lines
    assert "砂光车间" in licence.cells
    # What the table has no column for stands under the row.
    assert "乙醇、丙酮" in licence.note
    nothing = next(block.text for block in reversed(blocks) if isinstance(block, Remark))
    assert len(nothing.split("、")) == 2


def test_a_choice_is_printed_in_words(people, enterprise, at):
    make_row("licences", enterprise, kind="hazchem_trade")

    assert "hazchem_trade" not in words(written("ledgers-licences", enterprise, people.town, at))


def test_no_table_is_wider_than_the_page(people, enterprise, at):
    for code in ("chemicals", "processes", "persons", "special_equipment", "accidents"):
        make_row(code, enterprise)

    for section in sections():
        for table in tables(section.write(Reader(enterprise, people.town, at))):
            assert len(table.heads) <= MOST_COLUMNS
            assert {len(line.cells) for line in table.lines} <= {len(table.heads)}


def test_a_table_ends_after_the_most_rows_and_says_how_many_are_left_out_and_where(
    people, enterprise, at, monkeypatch
):
    monkeypatch.setattr("enterprises.onefile.section.MOST_ROWS", 2)
    for serial in range(5):
        make_row("drills", enterprise, topic=f"演练{serial}")

    with translation.override("en"):
        blocks = written("ledgers-emergency", enterprise, people.town, at)

    assert len(tables(blocks)[0].lines) == 2
    assert (
        "2 of 5 rows are printed; the other 3 stand in the system, in this file under “Emergency drills”."
        in words(blocks)
    )


def test_all_ledgers_together_end_somewhere_and_none_is_left_out_altogether(
    people, enterprise, at, monkeypatch
):
    monkeypatch.setattr("enterprises.onefile.section.LEAST_ROWS", 1)
    for code in ("drills", "materials", "teams"):
        for serial in range(4):
            make_row(code, enterprise, **{"topic" if code == "drills" else "name": f"{code}{serial}"})
    section = next(each for each in sections() if each.code == "ledgers-emergency")

    blocks = section.write(Reader(Enterprise.objects.get(pk=enterprise.pk), people.town, at, Room(5)))

    assert [len(table.lines) for table in tables(blocks)] == [4, 1, 1]


def test_a_source_shows_its_newest_calculation_line_by_line(people, other_enterprise, at):
    recorded(other_enterprise, people.other_enterprise, at=at)

    blocks = written("sources", other_enterprise, people.other_county, at)

    ammonia, total = tables(blocks)[0].lines
    assert ammonia.cells[1:] == ("12", "10", "1.20", "2", "2.40")
    assert "7664-41-7" in ammonia.note
    assert (total.cells[3], total.cells[5]) == ("1.20", "2.40")
    assert "R = 1.5 × 2.40 = 3.60" in words(blocks)
    assert "13605460001" not in words(blocks)


def test_open_hazards_stand_before_closed_ones(people, enterprise, at):
    closed = reported(enterprise, people.town, source="inspection", description="护栏缺失")
    mark_not_hazard(closed, reason="已有护栏", by=people.town, at=at)
    rectifying(people, enterprise, at=at)

    lines = tables(written("hazards", enterprise, people.town, at))[0].lines

    assert [line.cells[0][:4] for line in lines] == ["灰斗法兰", "护栏缺失"]


def test_stops_transfers_and_doubts_stand_in_the_file(people, enterprise, at):
    stopped(people, enterprise, at=at)
    offered(people, Enterprise.objects.get(pk=enterprise.pk), at=at)
    make_conflict(enterprise, people.officer, seen="大王镇潍高路9号")

    assert "订单不足，全线停产" in words(written("life", enterprise, people.town, at))
    assert "利津县" in words(written("life", enterprise, people.town, at))
    assert "大王镇潍高路9号" in words(written("differences", enterprise, people.town, at))


def test_what_is_owed_is_printed_with_its_day(people, enterprise, at):
    rectifying(people, enterprise, at=at)

    assert "2026-03-20" in words(written("owed", enterprise, people.town, at))


def test_documents_are_those_that_the_person_may_read(people, enterprise, at):
    document = issue_notice(rectifying(people, enterprise, at=at), by=people.town, at=at)

    assert document.number in words(written("documents", enterprise, people.enterprise, at))
    assert written("documents", enterprise, people.grid, at) == []


def test_what_was_done_to_the_file_stands_at_its_end(people, enterprise, at):
    services.change(enterprise, facts={"employees": 77}, by=people.town, at=at)

    assert people.town.name in words(written("acts", enterprise, people.town, at))


@pytest.mark.parametrize("role", ["town", "enterprise"])
def test_the_head_names_enterprise_and_maker(people, enterprise, at, role):
    user = getattr(people, role)

    report = report_of(Reader(enterprise, user, at), [])

    assert report.subject == enterprise.name
    assert user.name in report.made_by
    assert any(enterprise.uscc in row for row in report.facts.rows)


def test_sections_without_the_permission_are_left_out(people, enterprise, at, monkeypatch):
    reported(enterprise, people.town, source="inspection")
    printed = []
    monkeypatch.setitem(making.RENDER, "pdf", lambda report: printed.append(report) or b"")
    job = making.print_file(enterprise, kind="pdf", by=people.town, at=at)

    class Nowhere:
        def write(self, data):
            pass

    making.write(job, Nowhere(), lambda done, total: None)
    monkeypatch.setattr(making, "may", lambda user, permission: permission != "hazards.view_hazard")
    making.write(job, Nowhere(), lambda done, total: None)

    with_hazards, without = (set(heads(report.blocks)) for report in printed)
    assert len(with_hazards - without) == 1
    assert without < with_hazards
