"""Papers of a ledger carry their scans: given with the form, seen with the enterprise, never lost with a refusal."""

import pytest
from django.urls import reverse

from attachments.models import Attachment
from audit.models import Entry
from enterprises.ledgers import LEDGERS, find
from enterprises.ledgers.scans import scans_of
from enterprises.models import Licence
from tests.factories.hazards import photo_file
from tests.factories.ledgers import facts_of, make_row, papers


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def page(enterprise, name="ledger_add", *more):
    return reverse(f"enterprises:{name}", args=[enterprise.pk, "licences", *more])


def answers(**given):
    return {
        name: value
        for name, value in facts_of(find("licences"), **given).items()
        if value not in (None, False)
    }


def test_a_licence_is_entered_with_its_scan(people, enterprise, sign_in):
    answer = sign_in(people.enterprise).post(page(enterprise), {**answers(), "scans": [photo_file()]})

    row = Licence.objects.get()
    (file,) = scans_of([row])[row.pk]
    assert answer.status_code == 302
    assert (file.uploaded_by, file.original_name) == (people.enterprise, "photo.jpg")
    assert Entry.objects.get(verb="enterprises.add_row").data["files"] == 1


def test_a_scan_is_added_later_and_nothing_else_changes(people, enterprise, sign_in):
    row = make_row("licences", enterprise)
    browser = sign_in(people.enterprise)

    browser.post(page(enterprise, "ledger_edit", row.pk), {**answers(), "scans": [photo_file()]})
    browser.post(
        page(enterprise, "ledger_edit", row.pk), {**answers(), "scans": [photo_file("red", "back.jpg")]}
    )

    assert [file.original_name for file in scans_of([row])[row.pk]] == ["photo.jpg", "back.jpg"]
    assert [entry.data["fields"] for entry in Entry.objects.filter(verb="enterprises.change_row")] == [[], []]


def test_the_same_form_sent_twice_keeps_row_and_scan_once(people, enterprise, sign_in):
    browser = sign_in(people.enterprise)

    for _time in range(2):
        browser.post(page(enterprise), {**answers(), "scans": [photo_file()]})

    assert Licence.objects.count() == 1
    assert Attachment.objects.count() == 1


def test_a_refused_form_keeps_the_scan_for_its_next_sending(people, enterprise, sign_in):
    browser = sign_in(people.enterprise)
    make_row("licences", enterprise, **papers(facts_of(find("licences"))["valid_from"]))

    wrong = browser.post(page(enterprise), {**answers(number="另一号"), "scans": [photo_file()]})
    (kept,) = Attachment.objects.all()
    right = {**answers(kind="hazchem_trade", number="另一号"), "scans_kept": [kept.pk]}
    answer = browser.post(page(enterprise), right)

    assert wrong.status_code == 422
    assert f'value="{kept.pk}"' in wrong.content.decode()
    assert answer.status_code == 302
    kept.refresh_from_db()
    assert kept.target == Licence.objects.get(number="另一号")


def test_the_scan_opens_for_who_sees_the_enterprise_and_for_nobody_else(people, enterprise, sign_in):
    sign_in(people.enterprise).post(page(enterprise), {**answers(), "scans": [photo_file()]})
    url = reverse("attachments:open", args=[Attachment.objects.get().pk])

    for person in (people.town, people.county, people.leader):
        assert sign_in(person).get(url).status_code == 200
    for person in (people.other_county, people.other_enterprise, people.expert):
        assert sign_in(person).get(url).status_code == 404


def test_the_ledger_and_the_row_show_the_scans(people, enterprise, sign_in):
    sign_in(people.enterprise).post(page(enterprise), {**answers(), "scans": [photo_file(name="许可证.jpg")]})
    row = Licence.objects.get()

    for url in (page(enterprise, "ledger"), row.get_absolute_url()):
        assert "许可证.jpg" in sign_in(people.leader).get(url).content.decode()


def test_what_is_no_picture_and_no_paper_is_refused_beside_the_field(people, enterprise, sign_in):
    file = photo_file(name="scan.exe")

    answer = sign_in(people.enterprise).post(page(enterprise), {**answers(), "scans": [file]})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["scans"]
    assert not Licence.objects.exists()


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.code)
def test_only_ledgers_of_papers_ask_for_scans(ledger, people, enterprise, sign_in):
    url = reverse("enterprises:ledger_add", args=[enterprise.pk, ledger.code])

    form = sign_in(people.enterprise).get(url).context["form"]

    assert ("scans" in form.fields) == ledger.scanned
    assert ledger.scanned or not ledger.warns


def test_a_chemical_keeps_its_safety_data_sheet(people, enterprise, sign_in):
    row = make_row("chemicals", enterprise)
    address = reverse("enterprises:ledger_edit", args=[enterprise.pk, "chemicals", row.pk])
    given = {name: value for name, value in facts_of(find("chemicals")).items() if value not in (None, False)}

    answer = sign_in(people.enterprise).post(address, {**given, "scans": [photo_file()]})

    assert answer.status_code == 302
    assert [file.original_name for file in scans_of([row])[row.pk]] == ["photo.jpg"]
    assert "photo.jpg" in sign_in(people.county).get(address).text
