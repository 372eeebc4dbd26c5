"""The pages of a visit, as people open them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hazards.models import Hazard
from inspections import services
from inspections.models import Answer, Edition, Signature, Visit
from tests.factories.hazards import make_photo, photo_file
from tests.factories.inspections import (
    certify,
    confirm_facts,
    finished,
    make_edition,
    make_items,
    patrolled,
    planned,
    ready,
    sign_all,
    under_way,
)
from tests.journeys.words import words
from tests.people import AT

pytestmark = pytest.mark.django_db


def url(name: str, visit: Visit, *more: int) -> str:
    return reverse(f"inspections:{name}", args=[visit.pk, *more])


@pytest.fixture
def edition(places) -> Edition:
    return make_edition(3)


@pytest.fixture
def visit(people, enterprise, edition) -> Visit:
    return under_way(people, enterprise, edition)


def item_of(edition: Edition) -> int:
    return edition.lines.first().item_id


# The sheet


def test_a_tap_answers_an_item_and_swaps_it_in(sign_in, people, visit, edition):
    item = item_of(edition)
    answer = sign_in(people.officer).post(
        url("check", visit), {"answer": f"{item}:na"}, headers={"HX-Request": "true"}
    )
    assert answer.headers["HX-Retarget"] == f"#item-{item}"
    assert 'data-result="na"' in answer.content.decode()
    assert Answer.objects.get().result == "na"


def test_without_scripts_a_tap_leads_back_to_the_item(sign_in, people, visit, edition):
    item = item_of(edition)
    answer = sign_in(people.officer).post(url("check", visit), {"answer": f"{item}:pass"})
    assert answer.url == f"{url('check', visit)}#item-{item}"


@pytest.mark.parametrize("answer", ["", "x:pass", "1:excellent", "99999999999999999999:pass", "１:pass"])
def test_a_nonsense_answer_is_refused(sign_in, people, visit, answer):
    assert sign_in(people.officer).post(url("check", visit), {"answer": answer}).status_code == 422
    assert not Answer.objects.exists()


def test_an_item_the_visit_does_not_ask_is_not_found(sign_in, people, visit):
    (stranger,) = make_items(1)
    answer = sign_in(people.officer).post(url("check", visit), {"answer": f"{stranger.pk}:pass"})
    assert answer.status_code == 404


def test_a_tap_keeps_the_note_already_written(sign_in, people, visit, edition):
    item = item_of(edition)
    services.answer(visit, item, result="fail", note="北门", reason="当场改正", by=people.officer, at=AT)
    sign_in(people.officer).post(url("check", visit), {"answer": f"{item}:pass"})
    row = Answer.objects.get()
    assert (row.result, row.note, row.reason) == ("pass", "北门", "")


def test_a_tap_that_contradicts_a_hazard_is_explained_beside_the_item(sign_in, people, visit, edition):
    item = edition.items.first()
    services.find_hazard(visit, item=item, facts={"place": "仓库"}, by=people.officer, at=AT)
    answer = sign_in(people.officer).post(
        url("check", visit), {"answer": f"{item.pk}:pass"}, headers={"HX-Request": "true"}
    )
    assert words("A hazard has been recorded for this item, so it is not met.") in answer.content.decode()


def test_a_tap_after_the_end_changes_nothing(sign_in, people, enterprise, edition):
    visit = finished(people, enterprise, edition)
    item = item_of(edition)
    answer = sign_in(people.officer).post(url("check", visit), {"answer": f"{item}:fail"})
    assert answer.url == visit.get_absolute_url()
    assert not Answer.objects.filter(result="fail").exists()


def test_who_only_looks_on_does_not_open_the_sheet(sign_in, people, visit):
    assert sign_in(people.county).get(url("check", visit)).status_code == 403


def test_the_party_does_not_find_a_visit_under_way(sign_in, people, visit):
    assert sign_in(people.enterprise).get(visit.get_absolute_url()).status_code == 404


def test_a_visit_of_three_hundred_items_opens_within_twenty_queries(sign_in, people, enterprise):
    edition = make_edition(200)
    visit = under_way(people, enterprise, editions=[edition, make_edition(100)])
    services.find_hazard(
        visit, facts={"place": "仓库", "description": "安全通道堵塞"}, by=people.officer, at=AT
    )
    for line in edition.lines.all()[:40]:
        services.answer(visit, line.item_id, result="pass", by=people.officer, at=AT)
    client = sign_in(people.officer)
    client.get(url("check", visit))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url("check", visit))
    assert page.content.decode().count('class="sw-item"') == 300
    assert len(queries) <= 20
    with CaptureQueriesContext(connection) as queries:
        client.get(visit.get_absolute_url())
    assert len(queries) <= 20


def test_a_sheet_of_three_hundred_items_is_light(sign_in, people, enterprise):
    visit = under_way(people, enterprise, make_edition(300))
    assert len(sign_in(people.officer).get(url("check", visit)).content) < 400_000


# One item


def test_an_item_is_answered_with_note_and_photo(sign_in, people, visit, edition):
    answer = sign_in(people.officer).post(
        url("answer", visit, item_of(edition)),
        {"result": "fail", "note": "通道堆货", "reason": "当场清理", "photos": [photo_file()]},
    )
    assert answer.status_code == 302
    row = Answer.objects.get()
    assert (row.result, row.note, row.reason) == ("fail", "通道堆货", "当场清理")


def test_a_refused_item_keeps_words_and_photos(sign_in, people, visit, edition):
    page = sign_in(people.officer).post(
        url("answer", visit, item_of(edition)), {"note": "通道堆货", "photos": [photo_file()]}
    )
    assert page.status_code == 422
    text = page.content.decode()
    assert "通道堆货" in text
    assert "photos_kept" in text


def test_of_sixty_photos_at_once_twelve_wait_and_a_sentence_says_so(sign_in, people, visit, edition):
    page = sign_in(people.officer).post(
        url("answer", visit, item_of(edition)),
        {"result": "pass", "photos": [photo_file(name=f"{n}.jpg") for n in range(60)]},
    )
    text = page.content.decode()
    assert page.status_code == 422
    assert words("At most %(n)d files at once.") % {"n": 12} in text
    assert text.count("photos_kept") == 12


# A hazard


def test_a_hazard_is_recorded_from_an_item(sign_in, people, visit, edition):
    item = item_of(edition)
    form = f"{url('find_hazard', visit)}?item={item}"
    client = sign_in(people.officer)
    page = client.get(form).context["form"]
    answer = client.post(
        form,
        {
            "key": page["key"].value(),
            "place": "2号仓库",
            "description": "通道堆放纸箱",
            "category": "fire",
            "grade": "general",
        },
    )
    assert answer.url == f"{url('check', visit)}#item-{item}"
    assert Hazard.objects.get().source == "inspection"


def test_a_hazard_form_that_is_refused_keeps_what_was_typed(sign_in, people, visit):
    page = sign_in(people.officer).post(
        url("find_hazard", visit), {"description": "堆放纸箱", "category": "fire", "grade": "general"}
    )
    assert page.status_code == 422
    assert "堆放纸箱" in page.content.decode()
    assert not Hazard.objects.exists()


# Facts, signatures, end


def test_the_facts_are_confirmed_by_ticks(sign_in, people, visit):
    client = sign_in(people.officer)
    form = client.get(url("confirm_visit_facts", visit)).context["form"]
    ticks = {name: "on" for name in form.fields if name.startswith("holds_")}
    assert client.post(url("confirm_visit_facts", visit), ticks).status_code == 302
    visit.refresh_from_db()
    assert visit.facts_confirmed_at


def test_a_group_not_gone_through_is_asked_for_again(sign_in, people, visit):
    page = sign_in(people.officer).post(url("confirm_visit_facts", visit), {"holds_staff": "on"})
    assert page.status_code == 422
    assert words("Not gone through: %(groups)s.").partition("%")[0] in page.content.decode()


# One clear dot.
PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    "AAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.mark.parametrize("picture", [PICTURE, "data:image/png;base64,???", "data:text/html;base64,PGI+"])
def test_a_picture_that_is_no_signature_is_refused(sign_in, people, visit, picture):
    page = sign_in(people.officer).post(
        url("sign", visit), {"side": "party", "name": "陆春生", "picture": picture}
    )
    assert page.status_code == 422
    assert not Signature.objects.exists()


def test_without_scripts_the_typed_name_signs(sign_in, people, visit):
    sign_in(people.officer).post(url("sign", visit), {"side": "party", "name": "陆春生", "title": "安全主任"})
    assert Signature.objects.get().name == "陆春生"


def test_the_end_lists_what_is_lacking(sign_in, people, visit):
    text = sign_in(people.officer).get(url("finish_visit", visit)).content.decode()
    assert words("Go through the facts") in text
    assert words("No item has been answered.") in text


def test_the_visit_is_finished_from_its_page(sign_in, people, enterprise, edition):
    visit = ready(people, enterprise, edition)
    sign_in(people.officer).post(url("finish_visit", visit), {"outcome": "nothing", "version": visit.version})
    visit.refresh_from_db()
    assert visit.state == "finished"


def test_nothing_found_is_never_ticked_beforehand(sign_in, people, enterprise, edition):
    form = (
        sign_in(people.officer).get(url("finish_visit", ready(people, enterprise, edition))).context["form"]
    )
    assert form["outcome"].value() is None


# Beginning


def test_a_patrol_is_begun_on_the_spot_with_its_position(sign_in, people, enterprise):
    client = sign_in(people.grid)
    address = f"{reverse('inspections:open_visit')}?enterprise={enterprise.pk}"
    form = client.get(address).context["form"]
    answer = client.post(
        address,
        {
            "key": form["key"].value(),
            "kind": "grid_patrol",
            "trigger": "spot",
            "latitude": "37.05",
            "longitude": "118.40",
            "accuracy": "12.4",
        },
    )
    visit = Visit.objects.get()
    assert answer.url == url("check", visit)
    assert (visit.kind, visit.accuracy, visit.state) == ("grid_patrol", 12, "under_way")


@pytest.mark.parametrize("nonsense", ["NaN", "inf", "somewhere", "1e400"])
def test_a_device_that_says_nonsense_keeps_nobody_from_working(sign_in, people, enterprise, nonsense):
    address = f"{reverse('inspections:open_visit')}?enterprise={enterprise.pk}"
    sign_in(people.grid).post(
        address,
        {
            "key": "b6b7a3c2-54c4-4f2a-9a3a-0d9f0b1f2c3d",
            "kind": "grid_patrol",
            "trigger": "spot",
            "latitude": nonsense,
            "longitude": nonsense,
            "accuracy": nonsense,
            "device_time": nonsense,
        },
    )
    assert Visit.objects.get().position_state == "missing"


def test_a_grid_worker_is_offered_patrols_only(sign_in, people, enterprise):
    address = f"{reverse('inspections:open_visit')}?enterprise={enterprise.pk}"
    form = sign_in(people.grid).get(address).context["form"]
    assert [kind.code for kind in form.kinds] == ["grid_patrol"]


def test_a_forged_kind_is_refused(sign_in, people, enterprise):
    address = f"{reverse('inspections:open_visit')}?enterprise={enterprise.pk}"
    page = sign_in(people.grid).post(address, {"kind": "inspection", "trigger": "spot"})
    assert page.status_code == 422
    assert not Visit.objects.exists()


def test_checklists_made_for_the_industry_come_first(sign_in, people, enterprise):
    fits = make_edition(categories=["industry_trade"])
    other = make_edition(categories=["mine"])
    address = f"{reverse('inspections:plan_visit')}?enterprise={enterprise.pk}"
    form = sign_in(people.officer).get(address).context["form"]
    assert fits in form.fitting
    assert other in form.others


def test_an_inspection_is_not_planned_that_could_never_begin(sign_in, people, enterprise, edition):
    certify(people.officer)
    address = f"{reverse('inspections:plan_visit')}?enterprise={enterprise.pk}"
    said = {
        "key": "5f0c2f2e-8f0e-4d43-9f6e-0d6f7f3c1a12",
        "kind": "inspection",
        "planned_on": "2099-03-12",
        "trigger": "plan",
        "people": [people.second_officer.pk],
    }
    page = sign_in(people.officer).post(address, said)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["people"]
    assert not Visit.objects.exists()


def test_an_inspection_is_planned_with_a_colleague(sign_in, people, enterprise, edition):
    certify(people.officer, people.second_officer)
    address = f"{reverse('inspections:plan_visit')}?enterprise={enterprise.pk}"
    client = sign_in(people.officer)
    form = client.get(address).context["form"]
    client.post(
        address,
        {
            "key": form["key"].value(),
            "kind": "inspection",
            "planned_on": "2099-03-12",
            "trigger": "plan",
            "people": [people.second_officer.pk],
            "editions": [edition.pk],
        },
    )
    assert set(Visit.objects.get().people.all()) == {people.officer, people.second_officer}


def test_a_refusal_on_the_spot_is_read_on_the_form(sign_in, people, enterprise):
    address = f"{reverse('inspections:open_visit')}?enterprise={enterprise.pk}"
    client = sign_in(people.officer)
    key = client.get(address).context["form"]["key"].value()
    page = client.post(address, {"key": key, "kind": "inspection", "trigger": "spot"})
    assert page.status_code == 409
    assert (page.context["refusal"].law, page.context["refusal"].article) == ("APL", 42)
    assert not Visit.objects.exists()


def test_an_enterprise_elsewhere_is_not_found(sign_in, people, other_enterprise):
    address = f"{reverse('inspections:open_visit')}?enterprise={other_enterprise.pk}"
    assert sign_in(people.officer).get(address).status_code == 404


# Reading


def test_the_enterprise_reads_its_finished_inspection_with_its_record(sign_in, people, enterprise, edition):
    visit = finished(people, enterprise, edition)
    services.issue_record(visit, reason="补录", by=people.leader, at=AT)
    text = sign_in(people.enterprise).get(visit.get_absolute_url()).content.decode()
    assert "现场检查记录" in text


def test_a_grid_worker_does_not_find_an_inspection(sign_in, people, enterprise):
    assert sign_in(people.grid).get(finished(people, enterprise).get_absolute_url()).status_code == 404


def test_an_expert_reads_the_visit_they_made(sign_in, people, enterprise):
    visit = services.plan_visit(enterprise, kind="expert", people=[people.expert], by=people.county, at=AT)
    assert sign_in(people.expert).get(visit.get_absolute_url()).status_code == 200


def test_the_page_of_an_enterprise_shows_its_visits(sign_in, people, enterprise, edition):
    visit = finished(people, enterprise, edition)
    text = sign_in(people.county).get(enterprise.get_absolute_url(), {"whole": "shown"}).content.decode()
    assert visit.get_absolute_url() in text


def test_the_page_of_a_hazard_says_which_visit_found_it(sign_in, people, visit, edition):
    hazard = services.find_hazard(
        visit, item=edition.items.first(), facts={"place": "x"}, by=people.officer, at=AT
    )
    text = sign_in(people.county).get(hazard.get_absolute_url()).content.decode()
    assert visit.number in text


def test_the_list_finds_a_visit_by_number_and_by_enterprise(sign_in, people, enterprise):
    visit = patrolled(people, enterprise)
    client = sign_in(people.county)
    for given in (visit.number, visit.number.lower()[:10], enterprise.name[:4]):
        page = client.get(reverse("inspections:visits"), {"q": given}).content.decode()
        assert visit.get_absolute_url() in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"backfilled": "true"}, True),
        ({"backfilled": "false"}, False),
        ({"kind": "inspection"}, True),
        ({"inspections": "true"}, True),
        ({"inspections": "false"}, False),
        ({"outcome": "found"}, False),
        ({"mine": "true"}, False),
    ],
)
def test_the_list_keeps_what_its_conditions_say(sign_in, people, enterprise, query, shown):
    visit = finished(people, enterprise)
    page = sign_in(people.county).get(reverse("inspections:visits"), query).content.decode()
    assert (visit.get_absolute_url() in page) is shown


def test_a_signature_is_seen_by_who_sees_the_visit(sign_in, people, enterprise, edition):
    visit = under_way(people, enterprise, edition)
    confirm_facts(visit, people.officer)
    sign_all(people, visit)
    photo = make_photo(people.officer, purpose="check")
    services.answer(visit, item_of(edition), result="pass", photos=[photo], by=people.officer, at=AT)
    shown = reverse("attachments:show", args=[photo])
    assert sign_in(people.county).get(shown).status_code == 200
    assert sign_in(people.other_county).get(shown).status_code == 404


def test_a_planned_visit_stands_on_the_work_list_of_who_takes_part(sign_in, people, enterprise):
    visit = planned(people, enterprise)
    home = reverse("inbox:home")
    assert url("start_visit", visit) in sign_in(people.second_officer).get(home).content.decode()
    assert url("start_visit", visit) not in sign_in(people.county).get(home).content.decode()
