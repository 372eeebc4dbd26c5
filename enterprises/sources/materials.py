"""What is handed in to file a major hazard source (handbook §4.4): eleven materials, and whatever else there is."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from attachments.models import Attachment
from attachments.services import of
from enterprises.models import SourceUnit


@dataclass(frozen=True)
class Material:
    """One line of the list; `required` ones must be there before the filing is handed in."""

    code: str
    label: Any
    required: bool = True

    @property
    def purpose(self) -> str:
        """The purpose under which its files are kept."""
        return f"mhs_{self.code}"


MATERIALS = (
    Material("application", _("Filing application form")),
    Material("identification", _("Record of identification and grading")),
    Material("features", _("Table of basic features")),
    Material("sds", _("Safety data sheets")),
    Material("drawings", _("Location plan, layout, process diagram, list of main equipment")),
    Material("rules", _("Safety rules and operating procedures")),
    Material("monitoring", _("Monitoring systems, measures and test results")),
    Material("emergency", _("Emergency plan, its review, drill plan and drill evaluation")),
    Material("assessment", _("Safety assessment report")),
    Material("persons", _("Persons answerable for key installations and parts")),
    Material("signs", _("Warning signs")),
    Material("other", _("Other"), required=False),
)
BY_CODE = {material.code: material for material in MATERIALS}


@dataclass(frozen=True)
class Kept:
    """A line of the list with the files that are there."""

    material: Material
    files: tuple[Attachment, ...]

    @property
    def is_missing(self) -> bool:
        """Say whether it still has to be added."""
        return self.material.required and not self.files


def kept(unit: SourceUnit) -> list[Kept]:
    """Return every line of the list with its files, refused ones left out: one query."""
    found: dict[str, list[Attachment]] = defaultdict(list)
    for file in of(unit):
        if file.scan_state != "refused":
            found[file.purpose].append(file)
    return [Kept(material, tuple(found[material.purpose])) for material in MATERIALS]


def missing(unit: SourceUnit) -> list[Material]:
    """Return the required materials of which there is no file."""
    return [line.material for line in kept(unit) if line.is_missing]
