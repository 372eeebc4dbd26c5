"""One record of every kind in Dawang, so that every address of the product leads somewhere."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile

from accounts.models import Delegation
from attachments.models import Attachment
from enterprises.models import Enterprise
from hazards import services
from hazards.models import Hazard
from inbox.models import Delivery, Message
from listings.models import Job, JobKind, JobState
from paperwork.models import IssuedDocument
from paperwork.rendering import render
from tests.factories.hazards import make_photo, reported
from tests.factories.inbox import make_delivery, make_message
from tests.people import AT, People


@dataclass
class World:
    """The records; what is one person's own belongs to the town's officer."""

    enterprise: Enterprise
    hazard: Hazard
    photo: Attachment
    document: IssuedDocument
    message: Message
    delivery: Delivery
    delegation: Delegation
    job: Job
    import_job: Job

    def address(self) -> dict[str, dict[str, Any]]:
        """Return what each address with a variable part is asked with."""
        law = {"short_id": "AWSL", "key": "41"}
        return {
            "accounts:end_session": {"pk": 1},
            "analytics:measure": {"code": "hazards.open"},
            "accounts:end_delegation": {"pk": self.delegation.pk},
            "attachments": {"pk": self.photo.pk},
            "enterprises": {"pk": self.enterprise.pk},
            "hazards": {"pk": self.hazard.pk},
            "inbox:read": {"pk": self.message.pk},
            "inbox:send_again": {"pk": self.delivery.pk},
            "listings:job": {"pk": self.job.pk},
            "listings:job_file": {"pk": self.job.pk},
            "listings:import_job": {"pk": self.import_job.pk},
            "listings:apply_import": {"pk": self.import_job.pk},
            "listings:discard_import": {"pk": self.import_job.pk},
            "paperwork": {"pk": self.document.pk, "kind": "pdf"},
            "rulebook": law,
            "verify_document": {"code": self.document.code},
        }


def make_world(people: People, enterprise: Enterprise, at: Any = AT) -> World:
    """Make one of everything, through the services."""
    photo = make_photo(people.enterprise)
    hazard = reported(enterprise, people.enterprise)
    Attachment.objects.filter(pk=photo).update(target_type=hazard_type(hazard), target_id=hazard.pk)
    document = services.issue_notice(hazard, by=people.town, at=at)
    render(document.pk, at=at)
    return World(
        enterprise=enterprise,
        hazard=hazard,
        photo=Attachment.objects.get(pk=photo),
        document=document,
        message=make_message(people.town),
        delivery=make_delivery(),
        delegation=Delegation.objects.create(
            giver=people.town,
            receiver=people.other_town,
            from_on=date(2020, 1, 1),
            to_on=date(2020, 1, 2),
            reason="出差",
        ),
        job=make_job(people.town, JobKind.EXPORT, JobState.DONE, "enterprises.list", at),
        import_job=make_job(people.county, JobKind.IMPORT, JobState.FAILED, "enterprises.import", at),
    )


def hazard_type(hazard: Hazard) -> Any:
    """Return the content type of hazards."""
    return ContentType.objects.get_for_model(hazard)


def make_job(user: Any, kind: str, state: str, page: str, at: Any) -> Job:
    """Make long work that is over, with a file."""
    job = Job(
        kind=kind,
        state=state,
        user=user,
        page=page,
        title="列表",
        params={"file": "企业.xlsx", "step": "check"},
        created_at=at,
        expires_at=at + timedelta(days=36500),
    )
    job.file.save("list.csv", ContentFile(b"x"))
    return job
