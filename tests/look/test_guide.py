"""The user guide in the product: everybody's own part first, the same parts in both languages."""

import pytest
from django.urls import reverse

from accounts.models import Role
from config.guide import EVERYONE, VISITOR, guide, parse

LANGUAGES = ("zh-hans", "en")


def shown(response) -> list[str]:
    return [section.anchor for section in response.context["mine"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_and_the_public_have_a_part(language):
    written = set().union(*(section.roles for section in guide(language)))
    assert written == set(Role.values) | {EVERYONE, VISITOR}


def test_both_languages_have_the_same_parts_of_the_same_length():
    shapes = [
        [
            (section.anchor, [(block.kind, len(block.lines)) for block in section.blocks])
            for section in guide(language)
        ]
        for language in LANGUAGES
    ]
    assert shapes[0] == shapes[1]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["town", "enterprise", "auditor"])
def test_a_person_reads_their_own_part_first_and_then_what_is_for_all(client, people, name):
    client.force_login(getattr(people, name))
    response = client.get(reverse("help"))
    assert shown(response) == [name, EVERYONE]
    assert name not in {section.anchor for section in response.context["others"]}


@pytest.mark.django_db
def test_a_visitor_reads_the_part_of_the_public_first(client):
    assert shown(client.get(reverse("help"))) == [VISITOR]


@pytest.mark.django_db
def test_the_guide_follows_the_language(client, people):
    people.town.language = "en"
    people.town.save()
    client.force_login(people.town)
    assert "Accept the report" in client.get(reverse("help")).content.decode()


@pytest.mark.django_db
def test_the_menu_of_a_person_leads_to_the_guide(client, people):
    client.force_login(people.grid)
    assert f'href="{reverse("help")}"' in client.get("/").content.decode()


def test_signs_of_html_in_a_guide_are_shown_and_not_obeyed():
    (section,) = parse("## A <!-- all -->\n\n1. **press** `x<y` <script>\n2. then\n\n- a point\n\nwords\n")
    first, second, third = section.blocks
    assert first.lines[0] == "<b>press</b> <code>x&lt;y</code> &lt;script&gt;"
    assert [(block.kind, len(block.lines)) for block in (first, second, third)] == [
        ("ol", 2),
        ("ul", 1),
        ("p", 1),
    ]
