"""What holds for the code as a whole: layers, migrations, translations."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from django.conf import settings
from django.core.management import call_command
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
OURS = [*settings.ROOMS, *settings.DOMAIN_APPS, "config"]
CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
WORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
CALL = re.compile(r"\b(gettext|ngettext|pgettext|npgettext|_)\(")
FIELD = re.compile(r"%\((\w+)\)[sd]|(?<!%)%[sd]|\{(\w+)\}")


def test_an_app_imports_only_what_lies_below_it():
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return pofile.read_po(file, locale="zh_Hans")


def test_every_text_of_the_source_is_in_the_catalogue(catalogue):
    known = {(key(message.id), message.context) for message in catalogue if message.id}
    missing = sorted({(text, where) for text, context, where in texts() if (text, context) not in known})

    assert missing == [], f"{len(missing)} texts are not in the catalogue; run make messages"


def test_every_text_is_translated_and_none_is_a_guess(catalogue):
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []
    assert [message.id for message in catalogue if message.id and not all(strings(message))] == []


def test_a_translation_names_the_same_fields_as_its_text(catalogue):
    wrong = [
        message.id
        for message in catalogue
        if message.id
        and any(not named_fields(text) <= named_fields(key(message.id), message) for text in strings(message))
    ]

    assert wrong == []


def key(identity: str | tuple[str, ...]) -> str:
    return identity if isinstance(identity, str) else identity[0]


def strings(message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def named_fields(text: str, message=None) -> set[str]:
    both = [text] if message is None or isinstance(message.id, str) else list(message.id)
    return {found.group() for one in both for found in FIELD.finditer(one)}


def texts() -> Iterator[tuple[str, str | None, str]]:
    """Give every text of our Python and of our templates, with its context and where it stands."""
    for app in OURS:
        for path in sorted((ROOT / app).rglob("*.py")):
            yield from of_python(path)
    for path in sorted((ROOT / "templates").rglob("*.html")):
        yield from of_template(path)


def of_python(path: Path) -> Iterator[tuple[str, str | None, str]]:
    with path.open("rb") as file:
        for line, name, arguments, _comments in extract_python(file, list(WORDS), [], {}):
            if not arguments:
                continue
            text = arguments if isinstance(arguments, str) else arguments[0]
            context = None
            if name.startswith(("pgettext", "npgettext")) and not isinstance(arguments, str):
                context, text = arguments[0], arguments[1]
            if text:
                yield text, context, f"{path.relative_to(ROOT)}:{line}"


def of_template(path: Path) -> Iterator[tuple[str, str | None, str]]:
    source = templatize(path.read_text(), origin=str(path))
    for call in CALL.finditer(source):
        arguments = literal_arguments(source[call.end() - 1 :])
        if arguments:
            with_context = call.group(1) in {"pgettext", "npgettext"}
            context, text = (arguments[0], arguments[1]) if with_context else (None, arguments[0])
            yield text, context, str(path.relative_to(ROOT))


def literal_arguments(source: str) -> tuple[str, ...]:
    """Return the texts in the brackets at the beginning of the source."""
    depth, quote = 0, ""
    for place, sign in enumerate(source):
        if quote:
            quote = "" if sign == quote and source[place - 1] != "\\" else quote
        elif sign in "'\"":
            quote = sign
        else:
            depth += (sign == "(") - (sign == ")")
            if depth == 0:
                return texts_in(source[: place + 1])
    return ()


def texts_in(brackets: str) -> tuple[str, ...]:
    call = ast.parse(f"f{brackets}", mode="eval").body
    return tuple(
        one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
    )
