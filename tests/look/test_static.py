"""What `collectstatic` makes of our stylesheets, and the dates that the browser's pickers can read."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django import forms
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.test import override_settings
from django.utils import formats, translation

from config.staticfiles import LookStorage


@pytest.fixture
def found(tmp_path):
    """Two stylesheets as a finder would give them, and the storage that they are collected into."""
    origin = FileSystemStorage(location=tmp_path / "origin")
    origin.save(
        "css/look.css", ContentFile(b'/* all */\n@import url("tokens.css");\n@import url("ground.css");\n')
    )
    origin.save("css/tokens.css", ContentFile(b":root { --ink: #000; }\n"))
    origin.save("css/ground.css", ContentFile(b"body { color: var(--ink); }\n"))
    names = ["css/look.css", "css/tokens.css", "css/ground.css"]
    storage = LookStorage(location=tmp_path / "collected", base_url="/static/")
    for name in names:
        storage.save(name, origin.open(name))
    return origin, storage, {name: (origin, name) for name in names}


def collected(storage: LookStorage) -> str:
    with storage.open(storage.stored_name("css/look.css")) as file:
        return file.read().decode()


def test_the_sheets_become_one_in_their_order(found):
    _, storage, paths = found
    list(storage.post_process(paths))
    assert collected(storage) == "/* all */\n:root { --ink: #000; }\nbody { color: var(--ink); }\n"


def test_collecting_again_takes_up_what_was_changed_since(found):
    origin, storage, paths = found
    list(storage.post_process(dict(paths)))
    origin.delete("css/ground.css")
    origin.save("css/ground.css", ContentFile(b"body { margin: 0; }\n"))
    list(storage.post_process(dict(paths)))
    assert "margin: 0" in collected(storage)


def test_a_dry_run_writes_nothing(found):
    _, storage, paths = found
    list(storage.post_process(paths, dry_run=True))
    with storage.open("css/look.css") as file:
        assert b"@import" in file.read()


class Visit(forms.Form):
    day = forms.DateField(initial=date(2026, 11, 24))
    begun_at = forms.DateTimeField(initial=datetime(2026, 11, 24, 10, 30))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_date_is_written_into_a_form_as_the_picker_reads_it(language):
    with override_settings(FORMAT_MODULE_PATH=["config.formats"]), translation.override(language):
        formats.reset_format_cache()
        assert 'value="2026-11-24"' in str(Visit()["day"])
        assert 'value="2026-11-24T10:30"' in str(Visit()["begun_at"])
    formats.reset_format_cache()


@pytest.mark.parametrize("typed", ["2026-11-24", "2026/11/24", "2026.11.24", "2026年11月24日", "20261124"])
def test_a_date_may_be_typed_in_every_way_people_write_it(typed):
    with override_settings(FORMAT_MODULE_PATH=["config.formats"]), translation.override("zh-hans"):
        formats.reset_format_cache()
        form = Visit({"day": typed, "begun_at": "2026-11-24T10:30"})
        assert form.is_valid()
        assert form.cleaned_data["day"] == date(2026, 11, 24)
    formats.reset_format_cache()
