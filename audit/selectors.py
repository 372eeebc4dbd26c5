"""Finding entries in a record of any length."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware

from accounts.models import User
from audit.models import Entry


def entries_found(
    viewer: User,
    *,
    person: str = "",
    verb: str = "",
    from_on: date | None = None,
    to_on: date | None = None,
    words: str = "",
) -> QuerySet[Entry]:
    """Return the entries that the viewer may read and that fit, the newest first."""
    found = Entry.objects.visible_to(viewer).select_related("on_behalf_of", "seal").order_by("-pk")
    if person:
        who = User.objects.filter(Q(name=person) | Q(username=person) | Q(phone=person)).values_list(
            "pk", flat=True
        )
        found = found.filter(Q(actor__in=list(who)) | Q(on_behalf_of__in=list(who)))
    if verb:
        found = found.filter(verb=verb)
    if from_on:
        found = found.filter(at__gte=_beginning(from_on))
    if to_on:
        found = found.filter(at__lt=_beginning(to_on + timedelta(days=1)))
    if words:
        found = found.filter(Q(target_label__icontains=words) | Q(reason__icontains=words))
    return found


def _beginning(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
