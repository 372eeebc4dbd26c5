"""The timeline of a record: acts, and what they changed in the fields."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.template import Context, Template
from django.utils import translation

from accounts.models import Organisation
from audit import phrases
from audit.context import acting
from audit.history import changes_of, shown_fields
from audit.services import record
from audit.templatetags.audit_tags import field_history, trail
from enterprises.models import Enterprise
from inspections.models import GovernmentOrder


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def change(enterprise, by, at, **facts):
    """Change fields of the enterprise in one act, as a service does."""
    with acting(by, "enterprises.change", at):
        for name, value in facts.items():
            setattr(enterprise, name, value)
        enterprise.save()
        return record(by, "enterprises.change", enterprise, at=at)


def changes_in(line):
    return {change.label: (change.before, change.after) for change in line.changes}


def test_what_was_done_stands_newest_first_with_who_and_why(people, enterprise, at, monkeypatch):
    monkeypatch.setitem(phrases._phrases, "testing.act", "looked at it")
    record(people.town, "testing.act", enterprise, at=at, reason="例行")
    record(None, "testing.other", enterprise, at=at + timedelta(hours=1))
    lines = trail(enterprise)["lines"]
    assert [str(line.what) for line in lines[:2]] == ["testing.other", "looked at it"]
    assert "clock" in lines[0].who
    assert lines[1].who.startswith("孙晓燕")
    assert lines[1].reason == "例行"


def test_an_act_shows_the_fields_it_changed_before_and_after(people, enterprise, at):
    change(enterprise, people.town, at, employees=60, name="广饶砚池家具有限公司")
    line = trail(enterprise)["lines"][0]
    changes = changes_in(line)
    assert changes["Enterprise name"] == ("广饶砚池木业有限公司", "广饶砚池家具有限公司")
    assert changes["Employees"][1] == "60"
    assert set(changes) == {"Enterprise name", "Employees"}


def test_codes_are_read_as_words(people, enterprise, at, places):
    department = Organisation.objects.get(name="东营市工业和信息化局")
    change(
        enterprise,
        people.town,
        at,
        regulatory_category="hazchem",
        competent_department=department,
        is_above_designated=not enterprise.is_above_designated,
    )
    changes = changes_in(trail(enterprise)["lines"][0])
    words = Enterprise._meta.get_field("regulatory_category").flatchoices
    assert changes["Regulatory category"][1] == str(dict(words)["hazchem"])
    assert ("", "东营市工业和信息化局") in changes.values()
    assert {before for before, _after in changes.values()} & {"yes", "no"}


def test_phone_numbers_stay_masked_in_the_history(people, enterprise, at):
    change(enterprise, people.town, at, contact_phone="13812341234")
    shown = str(trail(enterprise)["lines"][0].changes)
    assert "138****1234" in shown
    assert "13812341234" not in shown


def test_a_long_text_is_cut(people, enterprise, at):
    change(enterprise, people.town, at, business_scope="木" * 900)
    (one,) = trail(enterprise)["lines"][0].changes
    assert len(one.after) <= 120


def test_a_change_without_an_entry_stands_on_its_own(people, enterprise, at):
    with acting(people.county, "enterprises.correct", at):
        Enterprise.objects.filter(pk=enterprise.pk).update(employees=77)
    line = next(line for line in trail(enterprise)["lines"] if line.changes)
    assert line.who == "周明远"
    assert changes_in(line)["Employees"][1] == "77"


def test_a_change_by_plain_sql_is_not_missed(enterprise):
    Enterprise.objects.filter(pk=enterprise.pk).update(employees=78)
    (line,) = [line for line in trail(enterprise)["lines"] if line.changes]
    assert changes_in(line)["Employees"][1] == "78"


def test_two_writes_of_one_act_are_one_line(people, enterprise, at):
    with acting(people.town, "enterprises.change", at):
        Enterprise.objects.filter(pk=enterprise.pk).update(employees=80)
        Enterprise.objects.filter(pk=enterprise.pk).update(postcode="257300")
        record(people.town, "enterprises.change", enterprise, at=at)
    (line,) = [line for line in trail(enterprise)["lines"] if line.changes]
    assert set(changes_in(line)) == {"Employees", "Postcode"}


def test_bookkeeping_is_not_a_change(people, enterprise, at):
    change(enterprise, people.town, at, updated_at=at)
    assert all(not line.changes for line in trail(enterprise)["lines"])


def test_a_model_that_is_not_tracked_has_a_trail_of_acts_only(people, at):
    record(people.security, "accounts.change_user", people.town, at=at)
    (line,) = trail(people.town)["lines"]
    assert line.changes == ()
    assert changes_of(people.town) == []


def test_the_history_of_fields_alone_leaves_the_acts_out(people, enterprise, at):
    record(people.town, "testing.act", enterprise, at=at)
    change(enterprise, people.town, at, employees=61)
    lines = field_history(enterprise)["lines"]
    assert [changes_in(line)["Employees"][1] for line in lines] == ["61"]


def test_a_trail_costs_three_queries_however_long_it_is(
    people, enterprise, at, django_assert_max_num_queries
):
    for n in range(12):
        change(enterprise, people.town, at + timedelta(minutes=n), employees=100 + n)
        with acting(people.county, "enterprises.correct", at + timedelta(hours=1, minutes=n)):
            Enterprise.objects.filter(pk=enterprise.pk).update(employees=200 + n)
    ContentType.objects.get_for_model(enterprise)
    with django_assert_max_num_queries(3):
        assert len(trail(enterprise)["lines"]) == 24


def test_the_page_says_before_and_after_and_escapes_both(people, enterprise, at):
    change(enterprise, people.town, at, main_products="<b>板</b>")
    page = Template("{% load audit_tags %}{% trail row %}").render(Context({"row": enterprise}))
    assert "<ins>&lt;b&gt;板&lt;/b&gt;</ins>" in page
    assert "<b>板" not in page


def test_many_changes_of_one_act_are_folded(people, enterprise, at):
    change(enterprise, people.town, at, employees=5, postcode="257301", safety_head="王", raw_materials="木")
    page = Template("{% load audit_tags %}{% trail row %}").render(Context({"row": enterprise}))
    assert "<details>" in page
    assert "4 fields changed" in page


def test_only_the_latest_forty_are_shown_and_the_page_says_so(people, enterprise, at):
    for n in range(41):
        record(people.town, "testing.act", enterprise, at=at + timedelta(minutes=n))
    shown = trail(enterprise)
    assert len(shown["lines"]) == 40
    assert shown["more"]


def test_a_field_that_no_model_names_for_people_is_left_out(people):
    fields = {field.name for field in shown_fields(GovernmentOrder)}
    assert "reply" in fields
    assert "replied_by" not in fields
