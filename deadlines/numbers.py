"""What the rulebook says to a rule beside its length: how long before the day people are warned, how long after it told."""

from datetime import date

from deadlines.rules import Period, Rule
from regions.codes import prefixes
from rulebook.models import Parameter
from rulebook.services import RuleNotFound


class Numbers:
    """The numbers of one rule on one day, those of every place: read by one query, for many records alike."""

    def __init__(self, rule: Rule, on: date) -> None:
        self.rule, self.on = rule, on
        codes = {*rule.warn_parameters, *(step.parameter for step in rule.ladder)} - {""}
        rows = Parameter.objects.filter(code__in=codes).valid_on(on) if codes else ()
        self.known = {(row.code, row.jurisdiction): (int(row.amount), row.unit) for row in rows}

    def warnings(self, region: str) -> tuple[Period, ...]:
        """Return how long before the day people in a place are warned; raises RuleNotFound where it is not said."""
        if not self.rule.warn_parameters:
            return self.rule.warn_before
        return tuple(self._of(code, region) for code in self.rule.warn_parameters)

    def ladder(self, region: str) -> list[tuple[str, Period]]:
        """Return each level and how long after the lapse it is told; raises RuleNotFound where it is not said."""
        return [
            (step.level, self._of(step.parameter, region) if step.parameter else step.after)
            for step in self.rule.ladder
        ]

    def _of(self, code: str, region: str) -> Period:
        for place in sorted(["", *prefixes(region)], key=len, reverse=True):
            if (code, place) in self.known:
                return self.known[code, place]
        raise RuleNotFound(
            f"The rulebook holds no {code} on {self.on:%Y-%m-%d} for {region or 'the country'}."
        )
