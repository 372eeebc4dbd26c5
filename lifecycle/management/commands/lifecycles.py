"""Write the lifecycle tables as Markdown, for the documentation and for the legal section."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from deadlines.rules import find as find_rule
from lifecycle import registry
from lifecycle.table import Lifecycle


class Command(BaseCommand):
    """`manage.py lifecycles [name …]`."""

    help = "Print the lifecycle tables as Markdown."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the names of tables; all of them by default."""
        parser.add_argument("names", nargs="*")

    def handle(self, *, names: list[str], **options: Any) -> None:
        """Print each table."""
        try:
            tables = [registry.find(name) for name in names] or registry.tables()
        except LookupError as error:
            raise CommandError(error) from error
        self.stdout.write("\n\n".join(describe(table) for table in tables))


def describe(table: Lifecycle) -> str:
    """Return one table as Markdown: its states with their clocks, then its verbs."""
    states = [
        f"| `{state.code}` | {state.label} | {_clock(state.deadline)} | {'✓' if state.terminal else ''} |"
        for state in table.states
    ]
    verbs = [
        f"| `{verb.name}` | {verb.label} | {', '.join(f'`{code}`' for code in verb.sources) or '—'} "
        f"| {f'`{verb.target}`' if verb.target else '—'} | {_conditions(verb.guards)} |"
        for verb in table.verbs
    ]
    return "\n".join(
        [
            f"## {table.name}",
            "",
            "| state | label | clock | end |",
            "|---|---|---|---|",
            *states,
            "",
            "| verb | label | from | to | conditions |",
            "|---|---|---|---|---|",
            *verbs,
        ]
    )


def _clock(rule: str | None) -> str:
    return f"{find_rule(rule).label} (`{rule}`)" if rule else "—"


def _conditions(guards: tuple[Any, ...]) -> str:
    """Give the first sentence of each guard's own description."""
    return " ".join((guard.__doc__ or guard.__name__).strip().splitlines()[0] for guard in guards) or "—"
