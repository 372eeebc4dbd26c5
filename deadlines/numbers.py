"""What the rulebook says to a rule beside its length: how long before the day people are warned, how long after it told."""

from datetime import date

from deadlines.rules import Period, Rule
from rulebook.places import Places


class Numbers:
    """The numbers of one rule on one day, those of every place: read by one query, for many records alike."""

    def __init__(self, rule: Rule, on: date) -> None:
        self.rule = rule
        self.places = Places({*rule.warn_parameters, *(step.parameter for step in rule.ladder)} - {""}, on)

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
        number = self.places.of(code, region)
        return int(number.amount), number.unit
