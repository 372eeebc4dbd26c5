"""Import a law from a Markdown file: `import_law FILE --short-id HCSL --from 2026-05-01`."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from rulebook.loading import LawImport, import_law
from rulebook.markdown import NotALaw, parse_law
from rulebook.models import Law, Mark


class Command(BaseCommand):
    help = "Import a law: headings 第…章 and 第…节, paragraphs 第…条."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--short-id", required=True, help="the short name, e.g. HCSL; a new one is created"
        )
        parser.add_argument(
            "--from", dest="valid_from", type=date.fromisoformat, help="first day of this text"
        )
        parser.add_argument("--title", help="title of a new law, where the file has none")
        parser.add_argument("--jurisdiction", default="", help="division code, empty for the whole country")

    @transaction.atomic
    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            text = file.read_text(encoding="utf-8")
            law = self._law(text, options)
            done = import_law(text, law=law, valid_from=options["valid_from"] or law.in_force_from)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{file} is not UTF-8 text.") from error
        except NotALaw as error:
            raise CommandError(f"{file}: {error}") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self._report(done)

    def _law(self, text: str, options: dict[str, Any]) -> Law:
        law = Law.objects.filter(short_id=options["short_id"]).first()
        if law is not None:
            return law
        full_title = options["title"] or parse_law(text).title
        law = Law(
            short_id=options["short_id"],
            title=full_title.removeprefix("中华人民共和国"),
            full_title=full_title,
            in_force_from=options["valid_from"],
            jurisdiction=options["jurisdiction"],
            mark=Mark.VERIFIED,
        )
        law.full_clean()
        law.save()
        return law

    def _report(self, done: LawImport) -> None:
        self.stdout.write(
            f"{done.law.short_id}: {done.added} added, {done.changed} changed, "
            f"{done.ended} ended, {done.kept} kept."
        )
        if done.missing:
            self.stdout.write(f"Not in the file: articles {', '.join(map(str, done.missing))}.")
        if done.outside:
            self.stdout.write(f"Not read: {done.outside} lines outside the articles (an annex?).")
