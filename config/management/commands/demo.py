"""Make the demo city, or say who can sign in."""

import logging
from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from accounts.demo import PASSWORD, SIGN_INS
from accounts.models import User
from audit.models import Entry
from config import demo, demo_clock
from enterprises.models import Enterprise


class Command(BaseCommand):
    help = "Make the demo city in an empty database; --sign-ins says who can sign in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there is data already")
        parser.add_argument("--sign-ins", action="store_true", help="print one sign-in for each role")

    def handle(self, *, if_empty: bool, sign_ins: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This installation is not a demo (settings.DEMO).")
        if sign_ins:
            self.print_sign_ins()
        elif not User.objects.exists():
            self.build()
        elif Entry.objects.filter(verb=demo.READY).exists() or not self.is_ours():
            self.refuse(if_empty)
        else:
            raise CommandError(
                "The demo city was interrupted while it was made. Make it anew: make demo-reset"
            )

    def is_ours(self) -> bool:
        """Say whether a demo city was begun here."""
        return (
            User.objects.filter(username="city").exists() and User.objects.filter(username="auditor").exists()
        )

    def refuse(self, quietly: bool) -> None:
        """Leave data alone."""
        if not quietly:
            raise CommandError("The database is not empty. To make the demo city anew: make demo-reset")

    def build(self) -> None:
        """Make the city and say how long it took."""
        begun = perf_counter()
        self.stdout.write("Making the demo city (about a minute) ...")
        self.stdout.flush()
        demo_clock.reset()
        (settings.DATA_DIR / "sms.log").unlink(missing_ok=True)
        for talkative in ("weasyprint", "celery", "fontTools"):
            logging.getLogger(talkative).setLevel(logging.WARNING)
        with override(settings.LANGUAGE_CODE):
            stage = demo.build(now=timezone.now(), say=self.stdout.write)
        self.stdout.write(
            f"The demo city is ready: {stage.hazards} stories in {perf_counter() - begun:.0f} s."
        )

    def print_sign_ins(self) -> None:
        """Print a line for each role whose sign-in is there."""
        people = (
            User.objects.filter(username__in=SIGN_INS)
            .select_related("organisation")
            .in_bulk(field_name="username")
        )
        if not people:
            return
        self.stdout.write("Sign in as")
        for role in SIGN_INS:
            if user := people.get(role.value):
                self.stdout.write(f"  {role.value:<12}{user.name}\t{self.seat(user)}")
        self.stdout.write(f"Password of all: {PASSWORD}")

    def seat(self, user: User) -> str:
        """Say where the person sits, and as what."""
        post = user.post_set.first()
        enterprise = Enterprise.objects.filter(pk=post.enterprise_id).first() if post else None
        return " ".join(str(part) for part in (enterprise or user.organisation, post and post.title) if part)
