"""Laws, articles and numbers: minimal valid rows."""

from datetime import date
from decimal import Decimal

from rulebook.models import Article, Law, Parameter
from rulebook.numerals import article_label


def make_law(short_id: str = "LAW", **fields: object) -> Law:
    """A law in force since 2020."""
    given = {"title": f"{short_id}法", "in_force_from": date(2020, 1, 1), "mark": "V", **fields}
    return Law.objects.create(short_id=short_id, **given)


def make_article(law: Law, number: int = 1, **fields: object) -> Article:
    """An article valid since its law is in force."""
    given = {
        "label": article_label(number, fields.get("branch", 0)),
        "text": "条文。",
        "valid_from": law.in_force_from,
        **fields,
    }
    return Article.objects.create(law=law, number=number, **given)


def make_parameter(code: str = "PAY_FINE", value: object = 15, **fields: object) -> Parameter:
    """A number in days, for the country, since 2020."""
    given = {
        "name": code,
        "unit": "day",
        "basis": "行政处罚法",
        "mark": "V",
        "effective_from": date(2020, 1, 1),
        **fields,
    }
    return Parameter.objects.create(code=code, value=Decimal(str(value)), **given)
