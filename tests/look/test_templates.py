"""What holds for every template of the house: our content policy, contracts, and pages that open at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template, render_to_string
from django.utils import translation

ROOT = Path(settings.BASE_DIR) / "templates"
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.html"))
COMPONENTS = [name for name in TEMPLATES if name.startswith("components/")]
LAYOUTS = [name for name in TEMPLATES if name.startswith("layouts/")]
ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]
# The controls take their contract from Django; ours only add a class.
WITHOUT_CONTRACT = ("django/forms/widgets/", "allauth/", "account/", "mfa/", "usersessions/", "admin/")

COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
REFUSED_BY_POLICY = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script in the page": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "a script evaluated by htmx": re.compile(
        r"\shx-on[:-]|hx-vals=['\"]js:|hx-trigger=\"[^\"]*\[", re.IGNORECASE
    ),
    "a file from elsewhere": re.compile(
        r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE
    ),
}


def source(name: str) -> str:
    return (ROOT / name).read_text()


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_holds_nothing_that_our_content_policy_refuses(name):
    text = COMMENT.sub("", source(name))
    assert [what for what, pattern in REFUSED_BY_POLICY.items() if pattern.search(text)] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_can_be_read_by_django(name):
    get_template(name)


@pytest.mark.parametrize("name", [name for name in TEMPLATES if not name.startswith(WITHOUT_CONTRACT)])
def test_a_template_opens_with_its_contract(name):
    text = re.sub(r"^\{% extends [^%]+%\}\s*", "", source(name))
    assert text.startswith("{% comment %}")


@pytest.mark.parametrize("name", COMPONENTS)
def test_the_contract_of_a_component_names_its_context(name):
    assert "Context" in COMMENT.match(source(name))[0]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_stays_short(name):
    assert len(source(name).splitlines()) <= 120


@pytest.mark.parametrize("name", [*LAYOUTS, *COMPONENTS])
def test_what_a_layout_asks_for_is_there(name):
    for path in re.findall(r"\{% static '([^']+)' %\}", source(name)):
        assert finders.find(path), path


def test_the_joined_sheet_names_every_stylesheet_and_nothing_else():
    folder = Path(settings.BASE_DIR) / "static" / "css"
    imported = re.findall(r'@import url\("([^"]+)"\)', (folder / "look.css").read_text())
    own = {path.name for path in folder.glob("*.css")} - {"look.css"}
    pages_of_their_own = {"paper.css", "report.css", "admin.css"}
    assert set(imported) == own - pages_of_their_own
    assert imported[0] == "tokens.css"


def test_colours_are_named_once():
    folder = Path(settings.BASE_DIR) / "static" / "css"
    reserved = ("#c8161d", "#ea7a0c", "#f3c300", "#1c6dc9", "#2b8b4c", "#0f4a58", "#8a1750")
    for path in folder.glob("*.css"):
        if path.name in ("tokens.css", "paper.css", "report.css"):
            continue
        assert [hue for hue in reserved if hue in path.read_text().lower()] == [], path.name


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_needs_no_context_and_says_what_helps(name):
    with translation.override("en"):
        html = render_to_string(name)
    assert "<h1>" in html
    assert html.count("<p>") >= 1
    assert 'href="/"' in html


@pytest.mark.parametrize(("language", "lang"), [("zh-hans", "zh-Hans"), ("en", "en")])
def test_a_page_names_its_language(language, lang):
    with translation.override(language):
        assert f'<html lang="{lang}"' in render_to_string("404.html")


def test_a_page_tells_htmx_to_evaluate_nothing_and_to_inject_no_style():
    html = render_to_string("404.html")
    assert '"includeIndicatorStyles":false' in html
    assert '"allowEval":false' in html
