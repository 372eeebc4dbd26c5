"""Choices about messages: a person's, and an administrator's wording."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from inbox.models import Channel, MessageTemplate, Preference
from inbox.notices import Wording, field_names, registry
from inbox.wording import SMS_CHARACTERS, example, sms_parts


class PreferenceForm(forms.Form):
    """Which notices come by SMS; urgent ones come always and are not offered."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        refused = set(Preference.objects.filter(user=user, sms=False).values_list("code", flat=True))
        for code, label in _offered():
            self.fields[code] = forms.BooleanField(label=label, required=False, initial=code not in refused)

    def refused(self) -> set[str]:
        """Codes of the notices that the person switched off."""
        return {code for code, wanted in self.cleaned_data.items() if not wanted}


def _offered() -> list[tuple[str, Any]]:
    """Notices that go out by SMS and may be refused, by their labels."""
    notices = registry().by_name.values()
    urgent = {notice.wording.code for notice in notices if notice.urgent}
    found = {n.wording.code: n.wording.label for n in notices if n.sms and n.wording.code not in urgent}
    return sorted(found.items(), key=lambda pair: str(pair[1]))


class MessageTemplateForm(forms.ModelForm):
    """An administrator's wording: it may name only what the notice provides, and it shows an example."""

    class Meta:
        model = MessageTemplate
        fields = ["title", "text", "provider_code", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wording = self._wording()
        if wording is None:
            return
        names = get_text_list([f"{{{name}}}" for name in wording.fields], _("and"))
        self.fields["text"].help_text = _(
            "Fields: %(fields)s. Left empty, the product's own words are used: %(default)s"
        ) % {"fields": names, "default": self._default(wording)}
        self.fields["title"].help_text = str(wording.title)

    def clean_title(self) -> str:
        """Refuse unknown fields in the title."""
        return self._checked("title")

    def clean_text(self) -> str:
        """Refuse unknown fields in the text."""
        return self._checked("text")

    def hint(self) -> str:
        """Say how long the SMS is with the examples of its fields, when it is longer than one."""
        wording, text = self._wording(), self.cleaned_data.get("text", "")
        if wording is None or self.instance.channel != Channel.SMS or not text:
            return ""
        length = len(example(wording, text))
        if length <= SMS_CHARACTERS:
            return ""
        words = _(
            "With its fields filled the SMS has about %(n)s characters and is charged as %(parts)s; "
            "%(max)s fit in one."
        )
        return words % {"n": length, "parts": sms_parts("x" * length), "max": SMS_CHARACTERS}

    def _wording(self) -> Wording | None:
        return registry().wordings().get(self.instance.code)

    def _default(self, wording: Wording) -> str:
        if self.instance.channel == Channel.SMS:
            return str(wording.sms or wording.body or wording.title)
        return str(wording.body)

    def _checked(self, name: str) -> str:
        text, wording = self.cleaned_data[name], self._wording()
        try:
            used = field_names(text)
        except ValueError as error:
            raise ValidationError(_("A field is written as {name}; here a brace is wrong.")) from error
        unknown = used - set(wording.fields if wording else ())
        if unknown:
            raise ValidationError(
                _("This notice has no field %(names)s. It has %(known)s."),
                params={
                    "names": ", ".join(f"{{{each}}}" for each in sorted(unknown)),
                    "known": ", ".join(f"{{{each}}}" for each in (wording.fields if wording else ())) or "—",
                },
            )
        return text
