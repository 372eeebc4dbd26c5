"""Every address of the product by its name, read from the URL configuration itself."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver, reverse

# Django's own administration has its own rights, tested where its pages are declared; benchmarks are no part of it.
LEFT_OUT = ("admin", "bench")


def patterns(found: Any = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Give the name and the pattern of every address."""
    for one in get_resolver().url_patterns if found is None else found:
        if not isinstance(one, URLPattern):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from patterns(one.url_patterns, inner)
        elif one.name and not space.startswith(LEFT_OUT):
            yield f"{space}{one.name}", one


def addressed(world: Any) -> dict[str, str | None]:
    """Return the address of every name, or None where the world has nothing to fill it with."""
    known = world.address()
    found: dict[str, str | None] = {}
    for name, pattern in patterns():
        values = known.get(name, known.get(name.partition(":")[0], {}))
        needed = pattern.pattern.converters
        complete = all(part in values for part in needed)
        found[name] = reverse(name, kwargs={part: values[part] for part in needed}) if complete else None
    return found
