"""One enterprise, one file (一企一档), on paper: every part of it, put together by the worker.

An app declares in its `file_sections.py` what it adds: `SECTIONS = [FileSection("hazards", _("Hazards"), write)]`.
"""

from enterprises.onefile.section import FileSection, Reader, rest, said, table

__all__ = ["FileSection", "Reader", "rest", "said", "table"]
