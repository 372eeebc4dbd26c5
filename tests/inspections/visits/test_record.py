"""What the record of an inspection says."""

import pytest

from inspections import services
from inspections.visits.paperwork import build_record, record_facts
from paperwork.blocks import Items, Paragraph, Signatures, Stamp
from tests.factories.inspections import confirm_facts, finished, make_edition, sign_all, under_way
from tests.people import AT

pytestmark = pytest.mark.django_db
STAMP = Stamp("（广）应急检记〔2026〕1号", "ABCD", "https://example.invalid/verify/ABCD", AT)


def text_of(visit) -> str:
    blocks = build_record(record_facts(visit), STAMP)
    lines = [block.text for block in blocks if isinstance(block, Paragraph)]
    for block in blocks:
        if isinstance(block, Items):
            lines += [f"{item.text} {' '.join(item.notes)}" for item in block.items]
        if isinstance(block, Signatures):
            lines += ["：".join(part) for row in block.rows for part in row]
    return "\n".join(lines)


def test_it_names_the_officers_with_their_certificates(people, enterprise):
    visit = finished(people, enterprise)
    numbers = [one.certificate_number for one in visit.participants.all()]
    assert all(number in text_of(visit) for number in numbers)


def test_it_says_that_nothing_was_found(people, enterprise):
    assert "未发现问题" in text_of(finished(people, enterprise))


def test_it_says_how_many_items_were_not_checked(people, enterprise):
    edition = make_edition(3)
    visit = under_way(people, enterprise, edition)
    services.answer(visit, edition.items.first().pk, result="pass", by=people.officer, at=AT)
    confirm_facts(visit, people.officer)
    sign_all(people, visit)
    visit = services.finish_visit(visit, outcome="nothing", by=people.officer, at=AT)
    assert "共3项，实际检查1项，其余2项本次未检查" in text_of(visit)


def test_it_lists_hazards_and_what_was_put_right_at_once(people, enterprise):
    edition = make_edition(1)
    visit = under_way(people, enterprise, edition)
    item = edition.items.get()
    services.answer(
        visit, item.pk, result="fail", note="灭火器倒放", reason="当场改正", by=people.officer, at=AT
    )
    facts = {"place": "院内", "description": "堆放易燃物", "category": "fire"}
    services.find_hazard(visit, facts=facts, by=people.officer, at=AT)
    confirm_facts(visit, people.officer)
    sign_all(people, visit)
    visit = services.finish_visit(visit, outcome="found", by=people.officer, at=AT)
    text = text_of(visit)
    assert "院内：堆放易燃物。" in text
    assert "灭火器倒放。 处理：当场改正。" in text


def test_it_says_who_refused_to_sign_and_who_saw_it(people, enterprise):
    visit = under_way(people, enterprise)
    confirm_facts(visit, people.officer)
    sign_all(people, visit)
    visit.signatures.filter(side="party").delete()
    services.refuse_signature(visit, name="陆春生", reason="不认可", witness="王强", by=people.officer, at=AT)
    visit = services.finish_visit(visit, outcome="nothing", by=people.officer, at=AT)
    assert "拒绝签名：陆春生：不认可" in text_of(visit)
    assert "见证人：王强" in text_of(visit)
