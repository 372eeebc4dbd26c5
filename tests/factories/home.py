"""Rows of work for the first page."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from enterprises.models import Enterprise
from inbox.worklist import WorkRow


def midnight(day: int) -> datetime:
    """The end of a day of March 2026, as deadlines keep it."""
    return datetime(2026, 3, day, tzinfo=ZoneInfo("Asia/Shanghai")) + timedelta(days=1)


def answer_row(deadline, target, user):
    return WorkRow(
        label="答复申请",
        party=target.name,
        why=f"规则 {deadline.rule}",
        place=target.region.name,
        url=f"/enterprises/{target.pk}/",
        next_label="答复",
    )


def twin_of(enterprise, serial=0):
    """One more enterprise at the same place."""
    twin = Enterprise.objects.get(pk=enterprise.pk)
    serial = serial or Enterprise.objects.count()
    twin.pk, twin.uscc, twin.name = None, f"9137052300000{serial:05d}", f"广饶第{serial}厂"
    twin.save(force_insert=True)
    return twin


def text_of(answer) -> str:
    return answer.content.decode()
