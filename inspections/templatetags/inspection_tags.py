"""What the pages of visits draw from Python: the four answers of an item, and what a visit still lacks."""

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from inspections.choices import Result
from inspections.models import Visit
from inspections.visits.rules import entitled_posts, lacking_hazards, missing_sides
from inspections.visits.services.facts import asks_for_facts
from inspections.visits.sheet import Row
from regions.words import listed

register = template.Library()


@register.simple_tag
def answer_buttons(row: Row) -> SafeString:
    """Draw the buttons of an item; the one pressed says so. A sheet has hundreds of them."""
    return format_html_join(
        "",
        '<button type="submit" name="answer" value="{}:{}" aria-pressed="{}">{}</button>',
        (
            (row.item.pk, result.value, "true" if row.result == result.value else "false", result.label)
            for result in Result
        ),
    )


@register.filter
def result_words(code: str) -> str:
    """Write an answer as a word; nothing for none."""
    return str(Result(code).label) if code else "—"


@dataclass(frozen=True)
class Step:
    """One thing a visit needs before its end: whether it is done, and where it is done."""

    label: str
    done: bool
    words: str
    url: str


@register.simple_tag
def carried_out_at(visit: Visit, person: User) -> str:
    """Return where the person carries the visit out; nothing for who only looks on."""
    if not entitled_posts(visit, person, "inspections.answer"):
        return ""
    return reverse("inspections:check", args=[visit.pk])


@register.simple_tag
def lacking_steps(visit: Visit) -> list[Step]:
    """Return what the visit needs before it can be finished, done or not."""
    sheet = reverse("inspections:check", args=[visit.pk])
    steps = []
    if visit.item_count:
        answered = visit.answers.exclude(result=Result.NOT_CHECKED).count()
        words = _("%(n)d of %(all)d") % {"n": answered, "all": visit.item_count}
        steps.append(Step(_("Items answered"), answered > 0, words, sheet))
        lacking = lacking_hazards(visit)
        open_words = ngettext("%(n)d open", "%(n)d open", lacking) % {"n": lacking} if lacking else ""
        steps.append(Step(_("Hazard or reason for every item not met"), not lacking, open_words, sheet))
    if visit.kind_of.administrative and asks_for_facts(visit):
        url = reverse("inspections:confirm_visit_facts", args=[visit.pk])
        done = bool(visit.facts_confirmed_at)
        steps.append(Step(_("Go through the facts"), done, "" if done else _("to be done"), url))
    if visit.kind_of.signed:
        missing = missing_sides(visit)
        names = listed(side.label for side in missing)
        steps.append(
            Step(
                _("Have it signed"),
                not missing,
                names,
                reverse("inspections:sign", args=[visit.pk]),
            )
        )
    return steps
