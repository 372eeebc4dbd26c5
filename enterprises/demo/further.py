"""What a demo file says besides: term, deputies, shifts, whom to call. All made up; the dice are their own."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from accounts.demo import Stage
from enterprises.models import Enterprise

HOSPITALS = {
    "370502": "东营区人民医院",
    "370503": "河口区人民医院",
    "370505": "垦利区人民医院",
    "370522": "利津县中心医院",
    "370523": "广饶县人民医院",
    "370571": "东营市人民医院",
    "370572": "东营港医院",
}
SHIFTS = {"白班": 1, "两班两运转": 2, "三班两运转": 3, "四班三运转": 4}
# Half of the terms are long-term ones.
TERMS = (None, None, 30, 50)
DEPUTIES_FROM, DIRECTORS_FROM = 100, 300
CROWDED_LINES = frozenset({"食品", "纺织"})
LABOUR_FROM = 30


class Further:
    """Fills in what else a file says; nothing that is drawn here changes what others draw."""

    def __init__(self, stage: Stage) -> None:
        self.names = replace(stage, random=Random("further"))  # noqa: S311 - nothing secret
        self.random = self.names.random

    def fill(self, enterprise: Enterprise, word: str) -> Enterprise:
        """Write the further facts of an unsaved enterprise of a trade; `word` is what its name says of the trade."""
        facts = {
            **self.term(enterprise.established_on),
            **self.deputies(enterprise.employees),
            **self.emergency(enterprise),
            **shifts(enterprise),
        }
        for name, value in facts.items():
            setattr(enterprise, name, value)
        enterprise.risk_tags = [*enterprise.risk_tags, *further_risks(enterprise, word)]
        return enterprise

    def term(self, begins: date) -> dict[str, Any]:
        """A term from the day on which the enterprise was established."""
        years = self.random.choice(TERMS)
        ends = begins.replace(year=begins.year + years) if years else None
        return {"business_term_from": begins, "business_term_to": ends}

    def deputies(self, employees: int) -> dict[str, Any]:
        """The people above the head of safety, where the enterprise is large enough to have them."""
        posts = (("safety_deputy", DEPUTIES_FROM), ("safety_director", DIRECTORS_FROM))
        found = {post: self.names.name() for post, least in posts if employees >= least}
        return {**found, **{f"{post}_phone": self.number() for post in found}}

    def emergency(self, enterprise: Enterprise) -> dict[str, Any]:
        """Whom to call, and where the injured are taken."""
        return {
            "emergency_contact_name": enterprise.safety_head,
            "emergency_contact_phone": enterprise.contact_phone,
            "nearest_hospital": HOSPITALS[enterprise.region_id[:6]],
            "hospital_distance": Decimal(f"{self.random.uniform(0.8, 18):.1f}"),
            "hospital_tel": "120",
        }

    def number(self) -> str:
        """A mobile number that nobody has."""
        return f"1390546{self.random.randint(0, 9999):04d}"


def shifts(enterprise: Enterprise) -> dict[str, int]:
    """The most people on one shift, by how the shifts follow each other."""
    return {"shift_people": -(-enterprise.employees // SHIFTS[enterprise.shift_system])}


def further_risks(enterprise: Enterprise, word: str) -> list[str]:
    """Special risks that go along with one that is there already, so that no enterprise becomes more dangerous by them."""
    if word == "铝业" and enterprise.risk_tags:
        return ["deep_well_casting"]
    is_crowded = word in CROWDED_LINES and enterprise.shift_people >= LABOUR_FROM
    return ["labour_intensive"] if is_crowded and enterprise.risk_tags else []
