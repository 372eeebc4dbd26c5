"""The API speaks the language it is asked in, and says of every wrong request what is wrong, in a sentence."""

from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils.translation import override

from enterprises.api.endpoints import api as described
from enterprises.api.phrases import DESCRIPTION
from enterprises.api.words import SENTENCES

PHRASES = {status.phrase for status in HTTPStatus}
ENGLISH, CHINESE = {"Accept-Language": "en"}, {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}
LIST, PUSH = "/api/v1/enterprises", "/api/v1/registrations"


def sentences(node, found: set[str]) -> set[str]:
    """Collect every sentence of the description but the names of HTTP answers."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name in ("summary", "description") and isinstance(value, str):
                found.add(value)
            else:
                sentences(value, found)
    elif isinstance(node, list | tuple):
        for each in node:
            sentences(each, found)
    return found - PHRASES - {""}


def is_chinese(words: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in words)


def test_every_sentence_of_the_description_is_there_in_chinese():
    with override("zh-hans"):
        spoken = sentences(described.get_openapi_schema(), set())

    assert len(spoken) > 40
    assert [words for words in spoken if not is_chinese(words)] == []


def test_what_is_collected_for_translation_is_what_the_description_says():
    with override("en"):
        assert sentences(described.get_openapi_schema(), set()) == set(DESCRIPTION)


def test_in_english_it_is_as_it_was_written():
    with override("en"):
        spoken = sentences(described.get_openapi_schema(), set())

    assert "Rows to a page" in spoken
    assert not any(is_chinese(words) for words in spoken)


def test_the_page_of_the_api_speaks_the_language_of_its_reader(people, sign_in):
    people.county.language = "en"
    people.county.save()
    assert "Rows to a page" in sign_in(people.county).get(reverse("api_page")).content.decode()
    assert "Rows to a page" not in sign_in(people.town).get(reverse("api_page")).content.decode()


def test_an_answer_is_in_the_language_asked_for_and_in_chinese_without_one(api, people):
    browser = api(people.county)

    english = browser.get(f"{LIST}/91370523MA0000001X", headers=ENGLISH)
    assert english.json()["detail"] == "There is none that this token may see."
    assert english.headers["Content-Language"] == "en"
    for answer in (
        browser.get(f"{LIST}/91370523MA0000001X"),
        browser.get(f"{LIST}/91370523MA0000001X", headers=CHINESE),
    ):
        assert is_chinese(answer.json()["detail"])


def test_without_a_token_too(client, db):
    assert client.get(LIST, headers=ENGLISH).json()["detail"] == "A token is needed that holds today."
    assert is_chinese(client.get(LIST).json()["detail"])


def test_the_language_of_one_request_is_not_that_of_the_next(api, people):
    browser = api(people.county)
    browser.get(f"{LIST}/91370523MA0000001X", headers=ENGLISH)

    assert is_chinese(browser.get(f"{LIST}/91370523MA0000001X").json()["detail"])


@pytest.mark.parametrize(
    ("asked", "field", "sentence"),
    [
        ("limit=0", "limit", "At least 1."),
        ("limit=201", "limit", "At most 200."),
        ("limit=x", "limit", "This is no number."),
        ("changed_since=gestern", "changed_since", "with its time zone"),
        ("changed_since=2026-03-10T10:00:00", "changed_since", "with its time zone"),
        ("place=37052", "place", "It does not have the form that is described."),
        ("category=space", "category", "One of: 'industry_trade'"),
        ("active=perhaps", "active", "Either true or false."),
        ("q=" + "x" * 61, "q", "At most 60 characters."),
        ("employees_min=-1", "employees_min", "At least 0."),
    ],
)
def test_a_condition_that_cannot_be_read_is_named_with_a_sentence(api, people, asked, field, sentence):
    answer = api(people.county).get(f"{LIST}?{asked}", headers=ENGLISH)

    assert answer.status_code == 422, answer.content
    (said,) = [words for name, words in answer.json()["fields"].items() if field in name.split(".")]
    assert sentence in said


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"name": ""}, "body.notice.name", "At least 1 characters."),
        ({"name": 7}, "body.notice.name", "This is no text."),
        ({"event_on": "10.3.2026"}, "body.notice.event_on", "A day is written as 2026-03-10."),
        ({"registered_capital": "viel"}, "body.notice.registered_capital", "This is no number."),
        (
            {"registered_capital": "1.234"},
            "body.notice.registered_capital",
            "At most 2 places after the point.",
        ),
        ({"registered_capital": "-1"}, "body.notice.registered_capital", "At least 0."),
        ({"phone": "1"}, "body.notice.phone", "There is no such field."),
        ({"kind": "merge"}, "body.notice.kind", "One of: 'register'"),
        ({"uscc": "91370523MA000000A1"}, "body.notice.uscc", "check"),
    ],
)
def test_a_notice_that_cannot_be_read_names_the_field_with_a_sentence(
    api, people, enterprise, given, field, sentence
):
    notice = {
        "kind": "change",
        "uscc": enterprise.uscc,
        "name": enterprise.name,
        "division": "370523101",
        "event_on": "2026-03-09",
        **given,
    }
    answer = api(people.city).post(
        PUSH, notice, content_type="application/json", headers={"Idempotency-Key": "k", **ENGLISH}
    )

    assert answer.status_code == 422, answer.content
    assert sentence in answer.json()["fields"][field], answer.json()


def test_a_needed_field_that_is_left_out_is_named(api, people):
    answer = api(people.city).post(
        PUSH, {"kind": "change"}, content_type="application/json", headers={"Idempotency-Key": "k", **ENGLISH}
    )

    assert answer.json()["fields"]["body.notice.uscc"] == "This is needed."


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"kind=change"])
def test_a_body_that_is_no_json_is_said_to_be_none(api, people, body):
    answer = api(people.city).post(
        PUSH, body, content_type="application/json", headers={"Idempotency-Key": "k", **ENGLISH}
    )

    assert (answer.status_code, answer.json()["detail"]) == (
        400,
        "The body cannot be read; send JSON in UTF-8.",
    )


@pytest.mark.parametrize("body", ["[]", '"x"', "1", "null"])
def test_json_that_is_no_notice_is_refused(api, people, body):
    answer = api(people.city).post(
        PUSH, body, content_type="application/json", headers={"Idempotency-Key": "k", **ENGLISH}
    )

    assert answer.status_code == 422, answer.content


def test_no_sentence_is_left_without_its_numbers():
    given = {"ge": 1, "expected": "'a'", "min_length": 1, "max_length": 2}
    given |= {"max_digits": 3, "decimal_places": 2, "whole_digits": 1}

    assert all(say(given) and "%" not in say(given) for say in SENTENCES.values())
