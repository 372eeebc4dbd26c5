"""What a visit finds becomes a hazard."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from attachments.services import of
from hazards.models import Hazard
from inspections import services
from inspections.kinds import KINDS
from inspections.models import Answer, Finding
from lifecycle.refusals import VerbRefused, WrongState
from tests.factories.hazards import make_photo
from tests.factories.inspections import (
    cite,
    make_edition,
    make_items,
    patrolled,
    ready,
    under_way,
)
from tests.people import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(places):
    (row,) = make_items(1, category="electrical", content="配电箱有盖，接地良好")
    cite(row, 41)
    return row


@pytest.fixture
def visit(people, enterprise, item):
    return under_way(people, enterprise, make_edition(items=[item]))


def test_the_longest_item_makes_a_hazard_that_fits(people, enterprise):
    (long,) = make_items(1, content="查" * 500)
    visit = under_way(people, enterprise, make_edition(items=[long]))
    hazard = services.find_hazard(visit, item=long, facts={"place": "1号车间"}, by=people.officer, at=AT)
    assert len(hazard.description) == 500


def test_a_hazard_takes_category_and_basis_from_the_item(people, visit, item):
    hazard = services.find_hazard(visit, item=item, facts={"place": "1号车间"}, by=people.officer, at=AT)
    assert (hazard.category, hazard.description, hazard.place) == (
        "electrical",
        "未落实：配电箱有盖，接地良好",
        "1号车间",
    )
    assert "安全生产法" in hazard.legal_basis
    assert "第四十一条" in hazard.legal_basis
    assert hazard.state == "reported"


def test_what_the_officer_wrote_stands_before_what_the_item_says(people, visit, item):
    facts = {"place": "1号车间", "description": "配电箱缺盖", "grade": "major"}
    hazard = services.find_hazard(visit, item=item, facts=facts, by=people.officer, at=AT)
    assert (hazard.description, hazard.grade) == ("配电箱缺盖", "major")


def test_the_finding_names_visit_and_item(people, visit, item):
    hazard = services.find_hazard(visit, item=item, facts={"place": "x"}, by=people.officer, at=AT)
    found = Finding.objects.get()
    assert (found.visit, found.hazard, found.item) == (visit, hazard, item)


def test_an_item_with_a_hazard_is_answered_as_not_met(people, visit, item):
    services.answer(visit, item.pk, result="pass", by=people.officer, at=AT)
    services.find_hazard(visit, item=item, facts={"place": "x"}, by=people.officer, at=AT)
    assert Answer.objects.get().result == "fail"


def test_a_note_already_written_stays_when_the_hazard_comes(people, visit, item):
    services.answer(visit, item.pk, result="fail", note="缺盖", by=people.officer, at=AT)
    services.find_hazard(visit, item=item, facts={"place": "x"}, by=people.officer, at=AT)
    assert Answer.objects.get().note == "缺盖"


def test_a_free_finding_needs_no_item(people, visit):
    facts = {"place": "门卫室", "description": "灭火器过期", "category": "fire"}
    services.find_hazard(visit, facts=facts, by=people.officer, at=AT)
    assert Finding.objects.get().item is None


def test_the_same_finding_sent_twice_is_one_hazard(people, visit, item):
    key = uuid4()
    for _ in range(2):
        services.find_hazard(visit, item=item, facts={"place": "x"}, by=people.officer, at=AT, key=key)
    assert Hazard.objects.count() == Finding.objects.count() == 1


def test_photos_of_the_finding_belong_to_the_hazard(people, visit, item):
    photo = make_photo(people.officer)
    hazard = services.find_hazard(
        visit, item=item, facts={"place": "x"}, photos=[photo], by=people.officer, at=AT
    )
    assert [row.pk for row in of(hazard, "before")] == [photo]


@pytest.mark.parametrize("kind", ["grid_patrol", "inspection"])
def test_the_source_is_that_of_the_kind(people, enterprise, kind):
    visit = patrolled(people, enterprise) if kind == "grid_patrol" else under_way(people, enterprise)
    by = people.grid if kind == "grid_patrol" else people.officer
    facts = {"place": "院内", "description": "堆放易燃物", "category": "fire"}
    assert services.find_hazard(visit, facts=facts, by=by, at=AT).source == KINDS[kind].source


def test_an_expert_without_a_post_at_the_enterprise_records_what_they_saw(people, enterprise):
    visit = services.plan_visit(enterprise, kind="expert", people=[people.expert], by=people.county, at=AT)
    visit = services.start_visit(visit, by=people.expert, at=AT)
    facts = {"place": "罐区", "description": "液位计失效", "category": "facility"}
    hazard = services.find_hazard(visit, facts=facts, by=people.expert, at=AT)
    assert (hazard.source, hazard.found_by) == ("expert", people.expert)


def test_a_supervision_names_the_enterprise_at_which_it_saw_a_hazard(people, enterprise):
    visit = services.open_visit(people.county.organisation, kind="supervision", by=people.city, at=AT)
    facts = {"place": "仓库", "description": "堵塞安全出口", "category": "fire"}
    with pytest.raises(ValidationError, match="at which enterprise"):
        services.find_hazard(visit, facts=facts, by=people.city, at=AT)
    hazard = services.find_hazard(visit, facts=facts, enterprise=enterprise, by=people.city, at=AT)
    assert (hazard.enterprise, hazard.source) == (enterprise, "supervision")


def test_a_visit_finds_nothing_at_another_enterprise(people, visit, other_enterprise):
    facts = {"place": "仓库", "description": "堵塞安全出口", "category": "fire"}
    with pytest.raises(ValidationError, match="another enterprise"):
        services.find_hazard(visit, facts=facts, enterprise=other_enterprise, by=people.officer, at=AT)


def test_who_does_not_take_part_finds_nothing(people, visit, item):
    with pytest.raises(PermissionDenied):
        services.find_hazard(visit, item=item, facts={"place": "x"}, by=people.town, at=AT)
    assert not Hazard.objects.exists()


def test_after_the_end_nothing_is_found(people, enterprise, item):
    visit = ready(people, enterprise, make_edition(items=[item]))
    services.finish_visit(visit, outcome="nothing", by=people.officer, at=AT)
    with pytest.raises(WrongState):
        services.find_hazard(visit, item=item, facts={"place": "x"}, by=people.officer, at=AT)


def test_a_visit_that_found_something_is_not_cancelled(people, visit, item):
    services.find_hazard(visit, item=item, facts={"place": "x"}, by=people.officer, at=AT)
    with pytest.raises(VerbRefused, match="The inspection has findings"):
        services.cancel_visit(visit, reason="填错", by=people.officer, at=AT + timedelta(minutes=5))
