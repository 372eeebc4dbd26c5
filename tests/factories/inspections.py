"""Checklists and visits for the tests, made through the services so that their histories are lawful."""

from datetime import date, timedelta
from io import BytesIO
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from accounts.models import EnforcementCertificate, User
from inspections import services
from inspections.models import CheckItem, Checklist, Edition, EditionLine, ItemReference, Visit
from inspections.visits.services.facts import ASKED_ON_SITE
from rulebook.models import Law
from tests.people import AT

_serial = count(1)


def make_items(n: int = 3, **facts: object) -> list[CheckItem]:
    """Create items of the library that are in use."""
    rows = [
        CheckItem(
            **{
                "code": f"T-{next(_serial):05d}",
                "section": "现场管理",
                "content": "消防通道保持畅通",
                "methods": ["site"],
                "category": "fire",
                "created_at": AT,
                "published_at": AT,
                **facts,
            }
        )
        for _ in range(n)
    ]
    return CheckItem.objects.bulk_create(rows)


def make_edition(n: int = 3, *, items: list[CheckItem] | None = None, **checklist: object) -> Edition:
    """Create a checklist with one edition in use."""
    items = make_items(n) if items is None else items
    serial = next(_serial)
    row = Checklist.objects.create(
        **{"code": f"CL-{serial}", "title": f"通用检查表{serial}", "created_at": AT, **checklist}
    )
    edition = Edition.objects.create(
        checklist=row,
        number=1,
        item_count=len(items),
        published_at=AT,
        state="published",
        state_since=AT,
        version=1,
    )
    EditionLine.objects.bulk_create(
        [EditionLine(edition=edition, item=item, position=place) for place, item in enumerate(items, 1)]
    )
    return edition


def cite(item: CheckItem, number: int = 41, role: str = "basis", short_id: str = "AWSL") -> ItemReference:
    """Let an item rest on an article."""
    return ItemReference.objects.create(
        item=item, role=role, law=Law.objects.get(short_id=short_id), number=number
    )


def certify(*officers: User, until: date = date(2028, 1, 1)) -> None:
    """Give officers their enforcement certificates."""
    EnforcementCertificate.objects.bulk_create(
        [
            EnforcementCertificate(
                user=user,
                number=f"1505{next(_serial):06d}",
                issuer="山东省人民政府",
                valid_from=date(2024, 1, 1),
                valid_to=until,
            )
            for user in officers
        ]
    )


def planned(people, enterprise, edition: Edition | None = None, *, others=None, **about: object) -> Visit:
    """An inspection by two certified officers, planned; `others` take part instead of the second one."""
    if not people.officer.certificates.exists():
        certify(people.officer, people.second_officer)
    facts = {
        "kind": "inspection",
        "people": [people.second_officer] if others is None else others,
        "editions": [edition] if edition else [],
        "by": people.officer,
        "at": AT,
        **about,
    }
    return services.plan_visit(enterprise, **facts)


def under_way(people, enterprise, edition: Edition | None = None, **about: object) -> Visit:
    """An inspection that has begun."""
    visit = planned(people, enterprise, edition, **about)
    return services.start_visit(visit, by=people.officer, at=AT)


def confirm_facts(visit: Visit, by: User, at=AT) -> Visit:
    """Confirm every group of facts on site."""
    return services.confirm_visit_facts(visit, confirmed=ASKED_ON_SITE, corrections={}, by=by, at=at)


def sign_all(people, visit: Visit, at=AT) -> None:
    """Have both officers and the enterprise sign."""
    for officer in (people.officer, people.second_officer):
        services.sign(visit, side="officer", name="", signer=officer, by=people.officer, at=at)
    services.sign(visit, side="party", name="陆春生", title="安全主任", by=people.officer, at=at)


def ready(people, enterprise, edition: Edition | None = None, **about: object) -> Visit:
    """An inspection that lacks nothing but its end: every item complies."""
    visit = under_way(people, enterprise, edition, **about)
    for line in edition.lines.all() if edition else ():
        services.answer(visit, line.item_id, result="pass", by=people.officer, at=AT)
    confirm_facts(visit, people.officer)
    sign_all(people, visit)
    return visit


def finished(people, enterprise, edition: Edition | None = None, **about: object) -> Visit:
    """An inspection that found nothing."""
    visit = ready(people, enterprise, edition, **about)
    return services.finish_visit(visit, outcome="nothing", by=people.officer, at=AT + timedelta(hours=1))


def patrolled(people, enterprise, **about: object) -> Visit:
    """A grid patrol under way."""
    return services.open_visit(enterprise, kind="grid_patrol", by=people.grid, at=AT, **about)


def signature_file(drawn: bool = True) -> SimpleUploadedFile:
    """Return the picture of a signature as the canvas sends it."""
    image = Image.new("RGBA", (400, 160), (0, 0, 0, 0))
    if drawn:
        ImageDraw.Draw(image).line([(20, 120), (120, 30), (220, 120), (380, 40)], fill="black", width=4)
    data = BytesIO()
    image.save(data, "PNG")
    return SimpleUploadedFile("signature.png", data.getvalue(), "image/png")
