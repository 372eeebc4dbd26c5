"""The arithmetic of the measurements: lines beside their floors, and a results file that keeps what was not measured."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

Line = dict[str, Any]


def line(part: str, name: str, ours: float, floor: float, unit: str, goal: float | None, **more: Any) -> Line:
    """Return one figure as the results file holds it; the ratio is made of the whole numbers, not the rounded ones."""
    return {
        "part": part,
        "name": name,
        "ours": round(ours, 2),
        "floor": round(floor, 2),
        "unit": unit,
        "ratio": round(ours / floor, 2),
        "goal": goal,
        **{key: value for key, value in more.items() if value is not None},
    }


def beside(ours: Iterable[float], floor: Iterable[float]) -> tuple[float, float]:
    """Return both medians; the ratio of two measurements taken in turns says more than either alone."""
    return median(ours), median(floor)


def is_met(one: Line) -> bool:
    """Say whether the figure keeps within its goal: more is better for a rate, less for everything else."""
    if one["goal"] is None:
        return True
    kept = one["ratio"] >= one["goal"] if one["unit"].endswith("/s") else one["ratio"] <= one["goal"]
    return kept and all(one.get(name, 0) <= most for name, most in one.get("limits", {}).items())


def merged(before: Iterable[Line], measured: Mapping[str, list[Line]]) -> list[Line]:
    """Return the lines of the results file: a part that was measured is replaced, the others stay."""
    kept: dict[str, list[Line]] = {}
    for one in before:
        kept.setdefault(one["part"], []).append(one)
    return [one for lines in {**kept, **measured}.values() for one in lines]


def read(path: Path) -> list[Line]:
    """Return the lines of an earlier run, if there was one."""
    if not path.exists():
        return []
    return [json.loads(text) for text in path.read_text(encoding="utf-8").splitlines() if text.strip()]


def write(path: Path, lines: Iterable[Line]) -> None:
    """Write one JSON object to a line."""
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines), encoding="utf-8")


def peak_megabytes() -> float:
    """Return the most memory that this program has held.

    As the kernel keeps it for the program: what `getrusage` tells begins with the memory of whoever started it.
    """
    [peak] = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(peak) / 1024
