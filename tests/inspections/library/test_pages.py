"""The pages of the library: who reads, who edits, and what a form does."""

import pytest
from django.urls import reverse

from inspections import services as verbs
from inspections.library import services
from inspections.library.lifecycle import EDITION
from inspections.models import CheckItem, Checklist, Edition, ReferenceReview
from rulebook.models import Article
from tests.factories.library import add, draft, item_facts, items_of, publish, published, reword


def address(name: str, *args: int) -> str:
    return reverse(f"inspections:{name}", args=args)


@pytest.fixture
def edition(people) -> Edition:
    """An edition in use with two items."""
    return published(people, items=2, code="dust", title="粉尘检查表", categories=["industry_trade"])


def form_of(**fields: object) -> dict[str, object]:
    """What the form of an item sends."""
    facts = item_facts(**fields)
    return {"mark": "M", "basis": "AWSL:36\n《安全生产法》第四十一条", **facts}


def test_the_library_is_searched_by_words_and_by_law(people, edition, sign_in):
    add(other := draft(people, items=0), people, code="FIRE-1", content="疏散通道畅通", law="AWSL:42")
    publish(other, people)
    browser = sign_in(people.officer)

    def codes(query: str) -> list[str]:
        page = browser.get(address("library") + query).context["page"]
        return [row.code for row in page.rows]

    assert len(codes("")) == 3
    assert codes("?q=疏散通道") == ["FIRE-1"]
    assert codes("?law=AWSL&article=42") == ["FIRE-1"]
    assert codes("?checklist=dust") == [item.code for item in items_of(edition)]
    assert codes("?category=fire") == []


def test_drafts_and_former_wordings_are_not_in_the_library(people, edition, sign_in, at):
    second = verbs.draft_edition(edition.checklist, by=people.city, at=at)
    old = items_of(edition)[0]
    reword(second, old, people, content="新的说法新的说法")
    browser = sign_in(people.city)
    assert "新的说法" not in browser.get(address("library")).content.decode()

    publish(second, people)

    page = browser.get(address("library")).content.decode()
    assert "新的说法" in page
    assert old.content not in page


def test_an_edition_shows_its_items_with_links_to_the_law(people, edition, sign_in):
    page = sign_in(people.town).get(address("edition", edition.pk)).content.decode()

    for item in items_of(edition):
        assert item.content in page
    assert "/rulebook/AWSL/#a35" in page
    assert address("add_item", edition.pk) not in page


def test_a_reader_does_not_find_a_draft(people, sign_in):
    working = draft(people)

    assert sign_in(people.officer).get(address("edition", working.pk)).status_code == 404
    assert sign_in(people.officer).get(address("item", items_of(working)[0].pk)).status_code == 404
    assert sign_in(people.legal).get(address("edition", working.pk)).status_code == 200


def test_a_new_checklist_is_opened_by_its_form(people, sign_in):
    browser = sign_in(people.city)
    sent = {"code": "cold", "title": "冷库检查表", "purpose": "enterprise", "risk_tags": ["ammonia"]}

    answer = browser.post(address("draft_checklist"), sent)

    checklist = Checklist.objects.get(code="cold")
    assert answer.url == address("edition", checklist.editions.get().pk)
    assert checklist.risk_tags == ["ammonia"]
    assert browser.post(address("draft_checklist"), sent).status_code == 422


def test_an_item_is_written_by_its_form(people, sign_in):
    working = draft(people, items=0)

    answer = sign_in(people.city).post(address("add_item", working.pk), form_of(code="NEW-1"))

    assert answer.status_code == 302
    (item,) = items_of(working)
    assert [str(each) for each in item.references.select_related("law")] == [
        "《安全生产法》第三十六条",
        "《安全生产法》第四十一条",
    ]


@pytest.mark.parametrize(
    ("field", "value"), [("basis", "没有的法 3"), ("basis", ""), ("content", ""), ("grade", "major")]
)
def test_a_wrong_item_is_refused_beside_its_field(people, sign_in, field, value):
    working = draft(people, items=0)

    answer = sign_in(people.city).post(address("add_item", working.pk), form_of(**{field: value}))

    assert answer.status_code == 422
    assert {"grade": "criterion"}.get(field, field) in answer.context["form"].errors
    assert not CheckItem.objects.exists()


def test_rewording_keeps_the_item_in_use_as_it_is(people, edition, sign_in, at):
    second, item = verbs.draft_edition(edition.checklist, by=people.city, at=at), items_of(edition)[0]
    browser, here = sign_in(people.city), address("change_item", second.pk, item.pk)
    assert "《安全生产法》第三十五条" in browser.get(here).content.decode()

    browser.post(here, form_of(code=item.code, content="新的说法"))

    assert items_of(second)[0].content == "新的说法"
    assert CheckItem.objects.get(pk=item.pk).content == item.content


def test_items_are_moved_and_taken_out_by_buttons(people, sign_in):
    working = draft(people, items=3)
    one, two, three = items_of(working)
    browser = sign_in(people.city)

    browser.post(address("move_item", working.pk, one.pk), {"down": "1"})
    browser.post(address("remove_item", working.pk, three.pk))

    assert items_of(working) == [two, one]


def test_items_found_in_the_library_are_put_into_a_draft(people, edition, sign_in):
    working, wanted = draft(people, items=0), items_of(edition)[1]
    browser = sign_in(people.city)
    page = browser.get(address("take_items", working.pk) + "?q=安全警示标志")
    assert [item.code for item in page.context["found"]] == [item.code for item in items_of(edition)]

    browser.post(address("take_items", working.pk), {"item": [wanted.pk, "x"]})

    assert items_of(working) == [wanted]


def test_the_steps_of_an_edition_are_taken_on_their_pages(people, sign_in):
    working = draft(people)

    sign_in(people.city).post(address("submit_edition", working.pk), {"changes": "第一版", "version": 1})
    answer = sign_in(people.legal).post(address("publish_edition", working.pk), {"version": 2})

    working.refresh_from_db()
    assert (answer.status_code, working.state, working.changes) == (302, "published", "第一版")


def test_the_next_edition_is_begun_by_a_button_only_once(people, edition, sign_in):
    browser = sign_in(people.city)

    browser.post(address("draft_edition", edition.checklist_id))
    again = browser.post(address("draft_edition", edition.checklist_id), follow=True)

    assert edition.checklist.editions.count() == 2
    assert [message.level_tag for message in again.context["messages"]] == ["error"]


def test_the_difference_is_shown_between_any_two_editions(people, edition, sign_in, at):
    second = verbs.draft_edition(edition.checklist, by=people.city, at=at)
    reword(second, items_of(edition)[0], people, content="新的说法")
    add(second, people, content="全新的一项")

    page = sign_in(people.city).get(address("edition_difference", second.pk)).content.decode()

    assert "<del>" in page
    assert "新的说法" in page
    assert "全新的一项" in page


def test_an_item_shows_its_former_wording_and_its_newer_one(people, edition, sign_in, at):
    old = items_of(edition)[0]
    second = verbs.draft_edition(edition.checklist, by=people.city, at=at)
    new = reword(second, old, people, content="新的说法")
    publish(second, people)
    browser = sign_in(people.town)

    assert new.content in browser.get(address("item", old.pk)).content.decode()
    assert old.content in browser.get(address("item", new.pk)).content.decode()


@pytest.mark.parametrize(("law", "marked"), [("AWSL:41", False), ("XFL:16", True)])
def test_an_article_of_a_law_without_its_text_is_marked_as_unchecked(people, sign_in, law, marked):
    add(edition := draft(people, items=0), people, code="FIRE-1", law=law)
    publish(edition, people)
    (item,) = items_of(edition)
    people.officer.language = "en"
    people.officer.save()

    page = sign_in(people.officer).get(address("item", item.pk)).content.decode()

    assert ("the number is unchecked" in page) is marked


def test_an_article_shows_the_items_that_use_it(people, edition, sign_in):
    browser = sign_in(people.town)

    page = browser.get(reverse("rulebook:article", args=["AWSL", "35"])).content.decode()
    other = browser.get(reverse("rulebook:article", args=["AWSL", "50"])).content.decode()

    assert items_of(edition)[0].content in page
    assert items_of(edition)[0].content not in other


def test_a_reference_is_read_again_on_its_page(people, edition, sign_in, at):
    reference = items_of(edition)[0].references.get()
    article = Article.objects.get(law=reference.law, number=35)
    review = ReferenceReview.objects.create(reference=reference, article=article, found_at=at)
    browser = sign_in(people.legal)
    assert items_of(edition)[0].code in browser.get(address("reference_reviews")).content.decode()

    answer = browser.post(
        address("review_reference", review.pk), {"still_holds": "no", "note": "改为四色标志"}
    )

    review.refresh_from_db()
    assert (answer.status_code, review.still_holds, review.note) == (302, False, "改为四色标志")
    assert browser.post(address("review_reference", review.pk), {}).status_code == 422


def test_readers_are_not_shown_what_waits_to_be_read_again(people, sign_in):
    assert sign_in(people.officer).get(address("reference_reviews")).status_code == 403


def test_the_list_of_checklists_shows_the_edition_in_use(people, edition, sign_in, at):
    services.draft_edition(edition.checklist, by=people.city, at=at)
    draft(people, code="secret", title="尚未发布的检查表")

    page = sign_in(people.officer).get(address("checklists"))
    (row,) = page.context["page"].rows

    assert (row.code, row.shown, row.in_work_label) == ("dust", edition, "")
    (row,) = sign_in(people.city).get(address("checklists") + "?q=粉尘").context["page"].rows
    assert (row.shown, row.in_work_label) == (edition, EDITION.state("draft").label)


def test_a_review_stands_on_the_work_list_of_another_but_not_of_the_drafter(people, sign_in, at):
    working = verbs.submit_edition(draft(people, title="待审检查表"), by=people.city, at=at)
    link = address("publish_edition", working.pk)

    assert link not in sign_in(people.city).get("/").content.decode()
    Edition.objects.filter(pk=working.pk).update(drafted_by=people.legal)
    assert link in sign_in(people.city).get("/").content.decode()
