"""Every write to a major hazard source that matters: one function, one verb."""

from enterprises.sources.services.calculation import recalculate_source, record_source
from enterprises.sources.services.clock import outdate_source
from enterprises.sources.services.filing import (
    add_source_material,
    assess_source,
    file_source,
    grant_source_cancel,
    refuse_source_cancel,
    request_source_cancel,
    return_source_filing,
    submit_source_filing,
)

__all__ = [
    "add_source_material",
    "assess_source",
    "file_source",
    "grant_source_cancel",
    "outdate_source",
    "recalculate_source",
    "record_source",
    "refuse_source_cancel",
    "request_source_cancel",
    "return_source_filing",
    "submit_source_filing",
]
