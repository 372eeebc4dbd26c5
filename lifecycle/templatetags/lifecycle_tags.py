"""The state of a record and what can be done to it, as the table says it."""

from functools import cache
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts.services import may
from lifecycle import registry
from lifecycle.refusals import Refusal
from lifecycle.services import Offer, offered
from lifecycle.table import Lifecycle, Verb
from rulebook.services import Citation, RuleNotFound, cite

register = template.Library()


@register.simple_tag
def state_badge(obj: Any, large: bool = False) -> SafeString:
    """Render the state of a record: a disk that fills, and the word."""
    return _badge(registry.of(obj), obj.state, large, get_language())


@cache
def _badge(lifecycle: Lifecycle, code: str, large: bool, language: str | None) -> SafeString:
    """Render a badge once in each language: a list shows the same few in every row."""
    state = lifecycle.state(code)
    size = " sw-state-lg" if large else ""
    return format_html('<span class="sw-state{}" data-phase="{}">{}</span>', size, state.phase, state.label)


@register.simple_tag
def state_label(obj: Any) -> str:
    """Write the state of a record as a word, for exports and sentences."""
    return registry.of(obj).state(obj.state).label


@register.inclusion_tag("lifecycle/_verb_buttons.html", takes_context=True)
def verb_buttons(context: Context, obj: Any, offers: list[Offer] | None = None) -> dict[str, Any]:
    """Render the verbs that the person may do to the record now, and why others are refused.

    A page that has asked for the `offers` already hands them on.
    """
    at = context.get("at") or timezone.now()
    if offers is None:
        offers = offered(registry.of(obj), obj, context["user"], at)
    possible = [offer for offer in offers if offer.refusal is None]
    possible.sort(key=lambda offer: not offer.verb.primary)
    return {
        "possible": possible,
        # One filled button in a group: the first that the table calls primary.
        "main": next((offer for offer in possible if offer.verb.primary), None),
        "refused": [offer for offer in offers if offer.refusal is not None],
        "at": at,
    }


@register.simple_tag(takes_context=True)
def other_way(context: Context, obj: Any, verb: Verb) -> Offer | None:
    """Return the verb that decides the other way, if there is one and the person may take it."""
    lifecycle = registry.of(obj)
    other = lifecycle.find_verb(verb.otherwise)
    if other is None or not may(context["user"], lifecycle.permission(other), obj):
        return None
    return Offer(
        other.named(obj), None, reverse(lifecycle.audit_verb(other).replace(".", ":"), args=[obj.pk])
    )


@register.inclusion_tag("lifecycle/_refusal.html", takes_context=True)
def refusal_sentence(context: Context, refusal: Refusal) -> dict[str, Any]:
    """Render a refusal: what is missing, the rule, and the article as a link."""
    return {"refusal": refusal, "citation": _citation(refusal, context.get("at") or timezone.now())}


def _citation(refusal: Refusal, at: Any) -> Citation | None:
    if not refusal.law:
        return None
    try:
        return cite(refusal.law, refusal.article, str(refusal.paragraph), on=timezone.localdate(at))
    except RuleNotFound:
        # The sentence stands without its link: a law that is not loaded must not take the page away.
        return None
