"""Small helpers of the form templates. They draw; they decide nothing."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.forms import BaseForm, BaseFormSet, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils.translation import get_language, ngettext, pgettext

register = template.Library()


@register.filter
def first_line(text: object) -> str:
    """Return what is wrong: the first line of an error."""
    return str(text).partition("\n")[0]


@register.filter
def other_lines(text: object) -> str:
    """Return how to put it right: the lines after the first, if the error has any."""
    return str(text).partition("\n")[2]


@register.filter
def points(form: BaseForm, rows: BaseFormSet | str = "") -> int:
    """Count every error of a form and of its rows, if it has some, as the summary lists them."""
    own = sum(len(errors) for errors in form.errors.values())
    return own + (rows.total_error_count() if rows else 0)


@register.filter
def control_shape(field: BoundField) -> str:
    """Say how a field is laid out: `tick` (one box with its words), `group` (several) or `line`."""
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect) or field.use_fieldset:
        return "group"
    return "tick" if isinstance(widget, CheckboxInput) else "line"


@register.filter
def anchor(field: BoundField) -> str:
    """Return the id that a link to this field goes to: the control, or the group around its boxes."""
    return f"{field.auto_id}_group" if control_shape(field) == "group" else field.id_for_label


@register.simple_tag
def idle_time() -> str:
    """Say after how long without use a person is signed out, in whole hours or minutes."""
    minutes = settings.SESSION_COOKIE_AGE // 60
    if minutes and minutes % 60 == 0:
        return ngettext("%(n)d hour", "%(n)d hours", minutes // 60) % {"n": minutes // 60}
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


@register.simple_tag
def colon() -> str:
    """Return the colon between a thing and what is said of it: full width in Chinese."""
    return ": " if get_language() == "en" else "："


@register.simple_tag
def comma() -> str:
    """Return what stands between the words of an enumeration: the 顿号 in Chinese."""
    return pgettext("between words", ", ")
