"""The page of a file with its blocks, and the pages of changes, conflicts and quality."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from enterprises.groups import asked_of
from enterprises.models import ChangeRequest, Conflict, Enterprise, FactGroup
from enterprises.services import confirm
from enterprises.truth.score import refresh
from listings.measures import registry, split
from tests.factories.enterprises import make_enterprise
from tests.factories.inspections import planned
from tests.factories.truth import make_change_request, make_conflict
from tests.people import AT

pytestmark = pytest.mark.django_db


def shown(browser, url: str, status: int = 200) -> str:
    answer = browser.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_tap_confirms_and_leads_back_to_its_block(people, enterprise, sign_in):
    answer = sign_in(people.enterprise).post(f"/enterprises/{enterprise.pk}/confirm/contact/")

    assert answer.url == f"/enterprises/{enterprise.pk}/#g-contact"
    assert FactGroup.objects.get().by == people.enterprise


def test_looking_confirms_nothing(people, enterprise, sign_in):
    browser = sign_in(people.enterprise)
    assert browser.get(f"/enterprises/{enterprise.pk}/confirm/contact/").status_code == 405
    browser.get(enterprise.get_absolute_url())
    assert not FactGroup.objects.exists()


@pytest.mark.parametrize(
    ("person", "group", "status"),
    [
        ("other_county", "contact", 404),
        ("town", "weather", 404),
        ("grid", "contact", 403),
    ],
)
def test_who_may_not_confirm_is_told_so(people, enterprise, sign_in, person, group, status):
    answer = sign_in(getattr(people, person)).post(f"/enterprises/{enterprise.pk}/confirm/{group}/")

    assert answer.status_code == status
    assert not FactGroup.objects.exists()


def test_each_block_says_who_confirmed_it_and_for_how_long(people, enterprise, sign_in):
    confirm(enterprise, "contact", by=people.enterprise, at=timezone.now())
    page = shown(sign_in(people.town), enterprise.get_absolute_url())

    block = page.partition('id="g-contact"')[2].partition("</section>")[0]
    assert "陆春生" in block
    assert "<b>89</b>" in block or " 89 " in block
    assert f'action="/enterprises/{enterprise.pk}/confirm/contact/"' in block


def test_a_block_of_long_ago_is_over(people, enterprise, sign_in):
    confirm(enterprise, "contact", by=people.enterprise, at=timezone.now() - timedelta(days=100))
    block = shown(sign_in(people.town), enterprise.get_absolute_url()).partition('id="g-contact"')[2]

    assert "is-late" in block.partition("</section>")[0]
    assert "is-over" in block.partition("</section>")[0]


def test_who_may_not_confirm_sees_no_button(people, enterprise, sign_in):
    assert "/confirm/" not in shown(sign_in(people.leader), enterprise.get_absolute_url())


def test_a_conflict_stands_in_its_block_in_place_of_the_button(people, enterprise, sign_in):
    found = make_conflict(enterprise, people.officer, field="contact_phone", seen="空号")
    page = shown(sign_in(people.enterprise), enterprise.get_absolute_url())

    assert "空号" in page
    assert found.get_absolute_url() in page
    assert f"/enterprises/{enterprise.pk}/confirm/contact/" not in page
    assert f"/enterprises/{enterprise.pk}/confirm/place/" in page


def test_what_is_owed_stands_beside_the_file(people, enterprise, sign_in):
    asked = make_change_request(enterprise, people.enterprise)

    assert asked.get_absolute_url() in shown(sign_in(people.town), enterprise.get_absolute_url())


def test_the_form_of_the_enterprise_asks_for_key_facts(people, enterprise, sign_in, answers):
    fields = answers(
        uscc=enterprise.uscc, name="广饶听松木业有限公司", region="370523101001", safety_head="冯守田"
    )
    answer = sign_in(people.enterprise).post(f"/enterprises/{enterprise.pk}/edit/", fields)

    asked = ChangeRequest.objects.get()
    assert answer.url == asked.get_absolute_url()
    assert asked.after["name"] == "广饶听松木业有限公司"
    row = Enterprise.objects.get(pk=enterprise.pk)
    assert (row.name, row.safety_head) == ("广饶砚池木业有限公司", "冯守田")


def test_a_second_change_of_key_facts_says_why_it_is_refused(people, enterprise, sign_in, answers):
    make_change_request(enterprise, people.enterprise)
    fields = answers(uscc=enterprise.uscc, region="370523101001", name="广饶听松木业有限公司")
    answer = sign_in(people.enterprise).post(f"/enterprises/{enterprise.pk}/edit/", fields)

    assert answer.status_code == 422
    assert ChangeRequest.objects.count() == 1


def test_the_enterprise_does_not_choose_who_supervises_it(people, enterprise, sign_in):
    page = shown(sign_in(people.enterprise), f"/enterprises/{enterprise.pk}/edit/")

    assert "id_supervising_organisation" not in page
    assert "id_grid" not in page
    assert "id_supervising_organisation" in shown(sign_in(people.town), f"/enterprises/{enterprise.pk}/edit/")


def test_a_place_is_asked_for_by_its_names_and_its_code(people, enterprise, sign_in):
    asked = make_change_request(enterprise, people.enterprise, region_id="370523101200")
    page = shown(sign_in(people.town), asked.get_absolute_url())

    assert "大王镇 大王社区 370523101001</del>" in page
    assert "大王镇 王西村 370523101200</strong>" in page


def test_before_and_after_stand_side_by_side(people, enterprise, sign_in):
    asked = make_change_request(enterprise, people.enterprise)
    page = shown(sign_in(people.town), asked.get_absolute_url())

    assert "<del>大王镇工业路北12号</del>" in page
    assert "<strong>大王镇创业路8号</strong>" in page


def test_a_file_that_has_moved_on_shows_what_stands_now(people, enterprise, sign_in):
    asked = make_change_request(enterprise, people.enterprise)
    Enterprise.objects.filter(pk=enterprise.pk).update(production_address="大王镇潍高路21号")
    page = shown(sign_in(people.town), asked.get_absolute_url())

    assert "大王镇潍高路21号" in page
    assert shown(sign_in(people.town), f"{asked.get_absolute_url()}approve_change/").count("<form") <= 3


def test_a_conflict_is_resolved_from_its_page(people, enterprise, sign_in):
    found = make_conflict(enterprise, people.officer)
    answer = sign_in(people.town).post(
        f"{found.get_absolute_url()}take_seen/", {"value": "大王镇潍高路21号", "note": "", "version": "1"}
    )

    assert answer.status_code == 302
    assert Conflict.objects.get().state == "resolved_seen"
    assert Enterprise.objects.get(pk=enterprise.pk).production_address == "大王镇潍高路21号"


def test_a_status_is_not_typed_into_a_conflict(people, enterprise, sign_in):
    found = make_conflict(enterprise, people.officer, field="operating_status", seen="现场已停产")

    assert 'name="value"' not in shown(sign_in(people.town), f"{found.get_absolute_url()}take_seen/")


@pytest.fixture
def rated(people, enterprise, other_enterprise):
    """Three files: two in Dawang, one in another county."""
    make_enterprise("370523101")
    refresh(on=timezone.localdate())


def test_the_page_of_the_score_opens_every_field(rated, people, enterprise, sign_in):
    page = shown(sign_in(people.town), f"/enterprises/{enterprise.pk}/quality/")

    for place in ("/edit/#id_employees", "/edit/#id_contact_phone", "/#g-contact", "/ledgers/licences/"):
        assert f"/enterprises/{enterprise.pk}{place}" in page


def test_every_number_of_a_district_opens_exactly_its_files(rated, people, sign_in):
    browser = sign_in(people.city)
    page = browser.get("/enterprises/quality/districts/")

    rows = page.context["rows"]
    assert {row.name for row in rows} == {"广饶县", "利津县"}
    for row in rows:
        for cell in (row.files, row.low, row.contact, row.status, row.incomplete):
            assert browser.get(cell.url).context["page"].total == cell.value


def test_the_score_of_a_district_opens_the_fields_behind_it_each_with_its_files(rated, people, sign_in):
    browser = sign_in(people.city)
    (row,) = [
        each
        for each in browser.get("/enterprises/quality/districts/").context["rows"]
        if each.code == "370523"
    ]
    page = browser.get(f"/enterprises/quality/districts/{row.url.partition('#')[0]}")

    found = page.context["behind"]
    assert {str(each.label) for each in found} >= {
        str(group.label) for group in asked_of(Enterprise.objects.first())
    }
    assert any(each.is_field for each in found)
    assert [each.files.value for each in found] == sorted((each.files.value for each in found), reverse=True)
    for each in found:
        listed = browser.get(each.files.url).context["page"].rows
        assert len(listed) == each.files.value
        assert {row.enterprise.county_code for row in listed} == {"370523"}


def test_behind_a_district_a_group_names_its_fields_or_its_ledgers(rated, people, sign_in):
    page = sign_in(people.county).get("/enterprises/quality/districts/", {"of": "370523101"})

    with translation.override("zh-hans"):
        holds = {str(row.label): row.holds for row in page.context["behind"]}
    assert "联系人手机" in holds["人员和联系"]
    assert holds["资质证照"].startswith("资质证照、安全生产标准化")
    assert "最近医院" in holds["应急"]
    assert "应急演练" in holds["应急"]
    assert holds["人员和联系"] in page.text


@pytest.mark.parametrize("asked", ["370522", "3705", "x", "370523101001", "999999"])
def test_behind_a_district_that_is_not_one_s_own_nothing_is_told(rated, people, sign_in, asked):
    page = sign_in(people.county).get("/enterprises/quality/districts/", {"of": asked})

    assert (page.status_code, page.context["behind"]) == (200, [])


def test_one_county_is_split_by_town(rated, people, sign_in):
    rows = sign_in(people.county).get("/enterprises/quality/districts/").context["rows"]

    assert [row.name for row in rows] == ["大王镇"]


def test_lists_show_only_what_one_sees(rated, people, enterprise, sign_in):
    make_change_request(enterprise, people.enterprise)
    make_conflict(enterprise, people.officer)
    for address in ("changes", "conflicts", "quality"):
        assert enterprise.name in shown(sign_in(people.town), f"/enterprises/{address}/")
        assert enterprise.name not in shown(sign_in(people.other_county), f"/enterprises/{address}/")


def test_a_list_is_searched_by_the_name_of_the_enterprise(rated, people, enterprise, sign_in):
    make_conflict(enterprise, people.officer)
    browser = sign_in(people.town)

    assert enterprise.name in shown(browser, "/enterprises/conflicts/?q=砚池木业")
    assert enterprise.name not in shown(browser, "/enterprises/conflicts/?q=棠川石化")


@pytest.mark.parametrize("address", ["changes", "conflicts", "quality"])
def test_a_list_is_exported(rated, people, enterprise, sign_in, address):
    make_change_request(enterprise, people.enterprise)
    make_conflict(enterprise, people.officer)
    answer = sign_in(people.town).get(f"/enterprises/{address}/?format=csv")

    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert enterprise.name in body.decode("utf-8-sig")


def test_asked_at_another_moment_is_another_request(people, enterprise, sign_in, answers):
    make_change_request(enterprise, people.enterprise, AT)
    fields = answers(
        uscc=enterprise.uscc,
        name=enterprise.name,
        region="370523101001",
        industry_code="2032",
        production_address=enterprise.production_address,
        employees="9",
    )
    answer = sign_in(people.enterprise).post(f"/enterprises/{enterprise.pk}/edit/", fields)

    assert answer.url == enterprise.get_absolute_url()


@pytest.mark.parametrize("code", ["enterprises.open_conflicts", "enterprises.stale_contacts"])
def test_a_figure_and_its_parts_open_exactly_their_rows(rated, people, enterprise, sign_in, code):
    make_conflict(enterprise, people.officer)
    measure, browser, now = registry()[code], sign_in(people.city), timezone.now()

    assert browser.get(measure.url()).context["page"].total == measure.value(people.city, now) > 0
    for way in measure.breakdowns:
        for share in split(measure, way.code, people.city, now):
            assert browser.get(share.url).context["page"].total == share.count


def test_the_file_does_not_tell_of_a_visit_that_its_reader_may_not_see(people, enterprise, sign_in):
    """An inspection that is announced finds nothing."""
    visit = planned(people, enterprise)
    to_visit = f'href="{visit.get_absolute_url()}"'

    assert to_visit in sign_in(people.town).get(enterprise.get_absolute_url()).content.decode()
    for told in (people.enterprise, people.grid):
        assert to_visit not in sign_in(told).get(enterprise.get_absolute_url()).content.decode()


def test_a_lost_point_leads_to_the_form_only_whom_may_fill_it_in(people, enterprise, sign_in):
    refresh(on=timezone.localdate(AT), enterprises=[enterprise.pk])
    page, form = (
        reverse("enterprises:quality_of", args=[enterprise.pk]),
        f"/enterprises/{enterprise.pk}/edit/",
    )

    assert form in sign_in(people.town).get(page).content.decode()
    assert form not in sign_in(people.officer).get(page).content.decode()


@pytest.mark.parametrize("step", ["approve_change", "return_change"])
def test_who_decides_on_a_change_sees_both_sides_above_the_form(people, enterprise, sign_in, step):
    asked = make_change_request(enterprise, people.enterprise)
    page = shown(sign_in(people.town), f"{asked.get_absolute_url()}{step}/")

    assert "<del>大王镇工业路北12号</del>" in page.partition("<form method")[0]
    assert "<strong>大王镇创业路8号</strong>" in page


@pytest.mark.parametrize("step", ["take_seen", "keep_declared", "dismiss_conflict"])
def test_who_resolves_a_conflict_sees_both_values_above_the_form(people, enterprise, sign_in, step):
    found = make_conflict(enterprise, people.officer, reference="JC1", reference_url="/inspections/visits/1/")
    page = shown(sign_in(people.town), f"{found.get_absolute_url()}{step}/")

    assert "大王镇工业路北12号" in page
    assert "<strong>大王镇潍高路21号</strong>" in page
    assert "/inspections/visits/1/" in page
