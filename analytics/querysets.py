"""Which stored counts."""

from regions.querysets import RegionScopedQuerySet
from regions.scope import ScopeFields


class StoredCountQuerySet(RegionScopedQuerySet):
    """Counts, visible by place and by industry; they know neither enterprises nor grids."""

    scope_fields = ScopeFields(industry="industry")
