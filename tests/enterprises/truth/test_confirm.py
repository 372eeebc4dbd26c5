"""Confirming a group of facts in one tap, and how long that counts."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from enterprises.groups import BY_CODE, GROUP_OF, GROUPS, asked_of
from enterprises.models import Conflict, Enterprise, FactGroup, VerificationEvent
from enterprises.services import change, confirm, confirm_many, register, report_conflict
from enterprises.truth.reasons import fields_behind
from lifecycle.refusals import VerbRefused
from rulebook.models import Parameter
from tests.enterprises.test_services import facts
from tests.factories.enterprises import make_enterprise
from tests.people import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=3)


def held(enterprise, group="contact") -> FactGroup:
    return FactGroup.objects.get(enterprise=enterprise, group=group)


def test_a_tap_says_who_when_and_from_which_side(people, enterprise):
    row = confirm(enterprise, "contact", by=people.enterprise, at=AT)

    assert (row.by, row.confirmed_at, row.source) == (people.enterprise, AT, "enterprise")
    assert row.stale_on == AT.date() + timedelta(days=90)
    assert (
        VerificationEvent.objects.filter(enterprise=enterprise, group="contact", kind="confirmed").count()
        == 1
    )
    assert Entry.objects.get(verb="enterprises.confirm").data == {"group": "contact", "source": "enterprise"}


def test_a_regulator_s_tap_counts_as_seen_on_site(people, enterprise):
    assert confirm(enterprise, "place", by=people.officer, at=AT).source == "on_site"


def test_a_second_tap_on_the_same_day_changes_nothing(people, enterprise):
    confirm(enterprise, "contact", by=people.enterprise, at=AT)
    confirm(enterprise, "contact", by=people.enterprise, at=AT + timedelta(hours=1))

    assert held(enterprise).confirmed_at == AT
    assert VerificationEvent.objects.count() == 1


def test_a_tap_of_another_day_or_person_is_kept_beside_the_first(people, enterprise):
    confirm(enterprise, "contact", by=people.enterprise, at=AT)
    confirm(enterprise, "contact", by=people.town, at=AT)
    confirm(enterprise, "contact", by=people.town, at=LATER)

    assert VerificationEvent.objects.count() == 3
    assert held(enterprise).by == people.town


def test_the_status_of_a_stopped_enterprise_counts_for_thirty_days(people, enterprise):
    Enterprise.objects.filter(pk=enterprise.pk).update(operating_status="suspended_self")

    assert confirm(enterprise, "status", by=people.town, at=AT).stale_on == date(2026, 4, 9)


def test_an_age_that_the_city_sets_for_itself_holds_there(people, enterprise):
    Parameter.objects.create(
        code="STALE_CONTACT",
        name="联系人信息有效期",
        value=30,
        unit="day",
        jurisdiction="3705",
        basis="本市规定",
        mark="D",
        effective_from=date(2026, 1, 1),
    )

    assert confirm(enterprise, "contact", by=people.town, at=AT).stale_on == date(2026, 4, 9)


def test_a_file_elsewhere_is_not_found(people, enterprise):
    with pytest.raises(Enterprise.DoesNotExist):
        confirm(enterprise, "contact", by=people.other_county, at=AT)


@pytest.mark.parametrize("role", ["grid", "leader", "legal"])
def test_who_only_reads_the_file_does_not_confirm_it(people, enterprise, role):
    with pytest.raises(PermissionDenied):
        confirm(enterprise, "contact", by=getattr(people, role), at=AT)
    assert not FactGroup.objects.exists()


def test_a_group_that_nobody_knows_is_refused(people, enterprise):
    with pytest.raises(LookupError):
        confirm(enterprise, "weather", by=people.town, at=AT)


def test_what_is_disputed_is_not_tapped_away(people, enterprise):
    report_conflict(enterprise, field="contact_phone", seen="空号", source="sms", by=None, at=AT)

    with pytest.raises(VerbRefused):
        confirm(enterprise, "contact", by=people.enterprise, at=LATER)
    assert held(enterprise).doubt == "空号"


def test_another_group_is_confirmed_while_one_is_disputed(people, enterprise):
    report_conflict(enterprise, field="contact_phone", seen="空号", source="sms", by=None, at=AT)

    assert confirm(enterprise, "place", by=people.enterprise, at=LATER).doubt == ""


def test_an_event_is_never_changed(people, enterprise):
    confirm(enterprise, "contact", by=people.town, at=AT)

    with pytest.raises(InternalError), transaction.atomic():
        VerificationEvent.objects.update(note="另一句")
    with pytest.raises(InternalError), transaction.atomic():
        VerificationEvent.objects.all().delete()


def test_a_new_file_begins_confirmed_by_registration(people):
    row = register(facts=facts(), by=people.town, at=AT)

    told = dict(FactGroup.objects.filter(enterprise=row).values_list("group", "source"))
    assert told == dict.fromkeys(("status", "contact", "place", "industry", "staff"), "registration")


def test_a_correction_confirms_the_groups_it_touches_and_no_other(people, enterprise):
    change(enterprise, facts={"employees": 9}, by=people.town, at=LATER)

    assert list(FactGroup.objects.values_list("group", "source")) == [("staff", "on_site")]


def test_a_corrected_number_overtakes_the_conflict_about_it(people, enterprise):
    report_conflict(enterprise, field="contact_phone", seen="空号", source="sms", by=None, at=AT)
    change(enterprise, facts={"contact_phone": "13605460009"}, by=people.enterprise, at=LATER)

    assert Conflict.objects.get().state == "dismissed"
    assert (held(enterprise).doubt, held(enterprise).source) == ("", "enterprise")


def test_a_correction_of_something_else_in_the_group_leaves_the_doubt(people, enterprise):
    report_conflict(enterprise, field="contact_phone", seen="空号", source="sms", by=None, at=AT)
    change(enterprise, facts={"safety_head": "高砚平"}, by=people.enterprise, at=LATER)

    assert Conflict.objects.get().state == "open"
    assert held(enterprise).doubt == "空号"


def asked_for(count, by):
    """Return how many questions it takes to confirm so many files."""
    ids = [make_enterprise().pk for _each in range(count)]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        confirm_many(ids, ["contact", "place"], by=by, at=AT, source="import")
    return len(queries)


def test_many_files_are_confirmed_by_as_many_statements_as_one(people):
    assert asked_for(20, people.city) == asked_for(1, people.city)
    assert FactGroup.objects.filter(source="import").count() == 42


def test_every_field_lies_in_one_group_and_only_chemical_trades_keep_chemicals(enterprise, other_enterprise):
    assert len(GROUP_OF) == sum(len(group.fields) for group in GROUPS)
    assert "chemicals" not in [group.code for group in asked_of(enterprise)]
    assert "chemicals" in [group.code for group in asked_of(other_enterprise)]


def test_who_fills_in_the_hospital_has_not_looked_at_the_plans_and_drills(people, enterprise):
    change(enterprise, facts={"nearest_hospital": "广饶县人民医院"}, by=people.town, at=LATER)

    assert not FactGroup.objects.exists()


def test_a_stale_emergency_group_leads_to_its_fields_and_to_its_ledgers(people, enterprise):
    behind = fields_behind(enterprise, BY_CODE["emergency"])

    assert any(url.endswith("#id_nearest_hospital") for _label, url in behind)
    assert any(url.endswith("/ledgers/drills/") for _label, url in behind)
