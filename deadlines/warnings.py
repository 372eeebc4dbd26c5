"""How long before the due moment people are warned: as a rule says, or as the rulebook does for the place."""

from datetime import date

from deadlines.rules import Period, Rule
from regions.codes import prefixes
from rulebook.models import Parameter
from rulebook.services import RuleNotFound


class Warnings:
    """The periods of one rule on one day: what the rulebook says of every place is read once, for many records alike."""

    def __init__(self, rule: Rule, on: date) -> None:
        self.rule, self.on = rule, on
        rows = Parameter.objects.filter(code__in=rule.warn_parameters).valid_on(on)
        self.known = (
            {(row.code, row.jurisdiction): (int(row.amount), row.unit) for row in rows}
            if rule.warn_parameters
            else {}
        )

    def before(self, region: str) -> tuple[Period, ...]:
        """Return the periods for a place; raises RuleNotFound where the rulebook has none."""
        if not self.rule.warn_parameters:
            return self.rule.warn_before
        return tuple(self._of(code, region) for code in self.rule.warn_parameters)

    def _of(self, code: str, region: str) -> Period:
        for place in sorted(["", *prefixes(region)], key=len, reverse=True):
            if (code, place) in self.known:
                return self.known[code, place]
        raise RuleNotFound(f"The rulebook holds no {code} on {self.on:%Y-%m-%d}.")
