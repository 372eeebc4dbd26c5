"""A field becomes a row: label, control, and beside it the help or what to correct."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.html import strip_tags


class Enterprise(forms.Form):
    """A form with one field of each shape."""

    name = forms.CharField(label="单位名称", help_text="与营业执照一致")
    code = forms.CharField(label="信用代码")
    capital = forms.DecimalField(
        label="注册资本", required=False, widget=forms.NumberInput(attrs={"unit": "万元", "class": "narrow"})
    )
    founded_on = forms.DateField(label="成立日期")
    kind = forms.ChoiceField(label="类型", choices=[("a", "个人独资"), ("b", "有限公司")])
    risks = forms.MultipleChoiceField(
        label="特殊风险", choices=[("d", "粉尘涉爆"), ("n", "涉氨制冷")], widget=forms.CheckboxSelectMultiple
    )
    large = forms.BooleanField(label="规模以上", required=False)
    note = forms.CharField(label="备注", required=False, widget=forms.Textarea(attrs={"wide": True}))
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_code(self) -> str:
        """Refuse every code, with the cure on the second line."""
        raise ValidationError("第 18 位校验不符\n对照执照核对整串")

    def clean(self) -> None:
        """Refuse the form as a whole, too."""
        raise ValidationError("两项人数不一致")


@pytest.fixture
def refused() -> Enterprise:
    form = Enterprise({"name": "砚池木业", "code": "1", "founded_on": "2024-03-02", "kind": "a"})
    form.is_valid()
    return form


def row(form: forms.Form, name: str) -> str:
    return form[name].as_field_group()


def ids(html: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', html)


def test_a_row_has_its_label_its_control_and_its_help_tied_together():
    html = row(Enterprise(), "name")
    assert re.search(r'<label for="id_name">单位名称\s*</label>', html)
    assert 'aria-describedby="id_name_helptext"' in html
    assert "id_name_helptext" in ids(html)


def test_an_error_stands_beside_the_field_and_is_read_with_it(refused):
    html = row(refused, "code")
    assert "sw-field has-error" in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_code_error"' in html
    assert "id_code_error" in ids(html)
    assert html.index('class="sw-control"') < html.index('class="sw-error"')


def test_an_error_of_two_lines_says_first_what_is_wrong_and_then_what_to_do(refused):
    assert "第 18 位校验不符<span>对照执照核对整串</span>" in row(refused, "code")


def test_an_error_has_an_icon_so_that_it_does_not_rest_on_colour(refused):
    assert 'class="ti ti-alert-circle" aria-hidden="true"' in row(refused, "code")


def test_a_field_without_fault_shows_no_error(refused):
    html = row(refused, "name")
    assert "has-error" not in html
    assert "sw-error" not in html


def test_only_optional_fields_are_marked():
    with translation.override("en"):
        assert "optional" in row(Enterprise(), "capital")
        assert "optional" not in row(Enterprise(), "name")


def test_a_filter_form_can_leave_the_mark_out():
    form = Enterprise()
    form.mark_optional = False
    with translation.override("en"):
        assert "optional" not in row(form, "capital")


def test_a_unit_stands_at_the_right_of_the_control_and_not_in_its_attributes():
    html = row(Enterprise(), "capital")
    assert '<span class="input-group-text">万元</span>' in html
    assert "unit=" not in html
    assert 'class="form-control narrow"' in html


def test_a_wide_field_takes_the_whole_row():
    html = row(Enterprise(), "note")
    assert "sw-field is-wide" in html
    assert "wide=" not in html


def test_boxes_of_one_question_are_a_group_named_by_the_question(refused):
    html = row(refused, "risks")
    assert 'role="group" aria-labelledby="id_risks_label"' in html
    assert 'aria-describedby="id_risks_error"' in html
    assert {"id_risks_label", "id_risks_group", "id_risks_error"} <= set(ids(html))
    assert html.count('class="form-check-input"') == 2


def test_a_single_box_carries_its_own_words():
    html = row(Enterprise(), "large")
    assert re.search(
        r'<label for="id_large"><input type="checkbox"[^>]*> <span>规模以上</span></label>', html
    )
    assert html.count("规模以上") == 1


@pytest.mark.parametrize(
    ("name", "markup"),
    [
        ("name", '<input type="text" name="name" class="form-control"'),
        ("founded_on", '<input type="date" name="founded_on" class="form-control"'),
        ("kind", '<select name="kind" class="form-select"'),
        ("note", '<textarea name="note" class="form-control"'),
    ],
)
def test_controls_get_the_classes_of_the_house(name, markup):
    assert markup in str(Enterprise()[name])


def test_a_hidden_control_gets_no_class():
    assert "class=" not in str(Enterprise()["key"])


def test_no_id_stands_twice_in_a_form(refused):
    found = ids(str(refused))
    assert len(found) == len(set(found))


def test_the_whole_form_begins_with_a_summary_that_links_to_every_faulty_field(refused):
    html = str(refused)
    summary = html[: html.index("sw-field")]
    assert 'role="alert"' in summary
    assert 'href="#id_code"' in summary
    assert 'href="#id_risks_group"' in summary
    assert "两项人数不一致" in summary
    assert {"id_code", "id_risks_group"} <= set(ids(html))


def test_the_summary_counts_every_point(refused):
    with translation.override("en"):
        heading = re.search(r"<h2>(.*?)</h2>", str(refused))[1]
    assert heading.startswith("3 points")


def test_the_summary_says_what_is_wrong_and_leaves_the_cure_to_the_row(refused):
    html = str(refused)
    summary = html[html.index('class="sw-summary"') : html.index('class="sw-field')]
    assert "第 18 位校验不符" in strip_tags(summary)
    assert "对照执照核对整串" not in summary


def test_a_form_that_was_not_sent_has_no_summary():
    assert "sw-summary" not in str(Enterprise())


def test_what_was_typed_cannot_become_markup():
    form = Enterprise({"name": '"><script>alert(1)</script>'})
    form.is_valid()
    assert "<script" not in str(form)


def test_the_empty_entry_of_a_list_asks_where_it_must_be_filled_and_is_a_dash_where_not():
    class Lists(forms.Form):
        must = forms.ChoiceField(choices=[("", "---------"), ("a", "A")])
        may = forms.ChoiceField(choices=[("", "---------"), ("a", "A")], required=False)
        either = forms.NullBooleanField(required=False)

    with translation.override("en"):
        shown = [re.search(r"<option[^>]*>([^<]*)<", str(field))[1] for field in Lists()]
    assert shown == ["Choose", "—", "—"]
