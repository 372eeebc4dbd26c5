"""A file is taken when its name, its content and an attempt to open it agree."""

import warnings
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageFile

from attachments.sniffing import BROKEN, MACROS, TOO_MANY_PIXELS, UNKNOWN, sniff
from tests.attachments import samples


def said(content: bytes, name: str, size: int | None = None) -> str:
    """What the person reads when the file is refused; nothing when it is taken."""
    try:
        sniff(BytesIO(content), name, len(content) if size is None else size)
    except ValidationError as error:
        return error.messages[0]
    return ""


@pytest.mark.parametrize(
    ("content", "name", "content_type"),
    [
        (samples.picture(), "IMG_0001.JPG", "image/jpeg"),
        (samples.picture(kind="MPO"), "both-eyes.jpeg", "image/jpeg"),
        (samples.picture(kind="PNG"), "屏幕截图.png", "image/png"),
        (samples.picture(kind="WEBP"), "a.webp", "image/webp"),
        (samples.pdf(), "整改方案.pdf", "application/pdf"),
        (samples.word(), "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (samples.excel(), "a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_an_honest_file_is_taken_for_what_it_is(content, name, content_type):
    assert sniff(BytesIO(content), name, len(content)).content_type == content_type


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00 a program", "photo.jpg"),
        (samples.picture(kind="PNG"), "photo.jpg"),
        (samples.pdf(), "table.xlsx"),
        (b"<script>alert(1)</script>", "plan.pdf"),
        (b"\xd0\xcf\x11\xe0 an old or an encrypted document", "plan.docx"),
    ],
)
def test_a_disguised_file_is_named_as_such(content, name):
    assert (
        said(content, name) == f"The name says .{name.rpartition('.')[2]}, but the content is something else."
    )


def test_a_wave_file_is_no_webp_though_it_begins_alike():
    assert said(b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\0" * 64, "a.webp") == BROKEN


def test_an_archive_is_no_document_without_the_part_that_makes_it_one():
    assert said(samples.archive({"hello.txt": b"hello"}), "a.docx") == BROKEN
    assert said(samples.word(), "a.xlsx") == BROKEN


@pytest.mark.parametrize(
    "name", ["run.exe", "page.html", "drawing.svg", "old.doc", "noname", "photo.jpg.exe"]
)
def test_other_kinds_are_refused_and_the_sentence_says_which_are_taken(name):
    assert said(b"anything", name) == UNKNOWN


def test_an_empty_file_says_so():
    assert said(b"", "photo.jpg") == "The file is empty."


def test_a_file_over_twenty_megabytes_says_so():
    assert said(samples.picture(), "photo.jpg", 20 * 1024 * 1024 + 1) == "The file is larger than 20 MB."
    assert said(samples.picture(), "photo.jpg", 20 * 1024 * 1024) == ""


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("lenient", [False, True])
def test_a_picture_that_was_cut_off_is_broken_whatever_other_libraries_have_switched_on(
    kind, lenient, monkeypatch
):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    content = samples.picture((400, 300), kind=kind)
    assert said(content[: len(content) // 2], f"a.{kind.lower()}") == BROKEN


def test_a_cut_off_document_is_broken():
    assert said(samples.pdf()[:-10], "a.pdf") == BROKEN
    assert said(samples.word()[:-200], "a.docx") == BROKEN


def test_a_picture_that_claims_to_be_enormous_is_refused_before_it_is_unpacked():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for width, height in [(9_000, 9_000), (60_000, 60_000), (10_000, 9_500)]:
            assert said(samples.huge_png(width, height), "bomb.png") == TOO_MANY_PIXELS


def test_an_archive_that_would_unpack_to_gigabytes_is_refused_before_it_is_unpacked():
    bomb = samples.archive({"word/document.xml": b"x", "word/media/a": b"\0" * (301 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    assert said(bomb, "bomb.docx") == BROKEN


def test_a_part_that_lies_about_its_size_is_broken():
    content = bytearray(samples.archive({"word/document.xml": b"\0" * 100_000}))
    real = (100_000).to_bytes(4, "little")
    for at in (content.find(real), content.rfind(real)):
        content[at : at + 4] = (10).to_bytes(4, "little")
    assert said(bytes(content), "a.docx") == BROKEN


def test_macros_are_refused_by_name_and_by_what_is_inside():
    parts = {"xl/workbook.xml": b"<workbook/>"}
    assert said(samples.excel(), "a.xlsm") == MACROS
    assert said(samples.archive({**parts, "xl/vbaProject.bin": b"\0"}), "a.xlsx") == MACROS
    assert said(samples.archive({**parts, "xl/macrosheets/sheet1.xml": b"<a/>"}), "a.xlsx") == MACROS


def test_the_sentence_is_in_the_language_of_the_person():
    with translation.override("zh-hans"):
        assert said(b"", "photo.jpg") == translation.gettext("The file is empty.")


# The library warns of what is broken in a block; in production that is a line in the log.
@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(
        [("a.jpg", samples.phone_photo()), ("a.png", samples.picture(kind="PNG")), ("a.docx", samples.word())]
    ),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=40),
)
def test_a_damaged_file_is_taken_or_refused_with_a_sentence_but_never_crashes(sample, damage):
    name, content = sample[0], bytearray(sample[1])
    for place, value in damage:
        content[place % len(content)] = value
    said(bytes(content), name)
