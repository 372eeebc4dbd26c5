"""The shapes of a figure, and one way to split."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from listings.figures import Cell, Column, Figure, Row

__all__ = ["Axis", "Cell", "Column", "Figure", "Row"]


@dataclass(frozen=True)
class Axis:
    """One way to split: its head, its parts in order, their names and the list's parameter."""

    code: str
    label: str
    parameter: str
    numbers: Mapping[Any, Counter]
    words: Mapping[Any, Any]
    order: Sequence[Any] = field(default_factory=tuple)

    def label_of(self, value: Any) -> Any:
        """Name a part; the code itself where nothing is known of it."""
        return self.words.get(value, value)

    def ranked(self, by: str) -> list[Any]:
        """Return the parts, the largest number first and then in their own order."""
        return sorted(self.order, key=lambda value: -self.numbers.get(value, Counter())[by])
