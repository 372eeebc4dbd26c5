"""One record of every kind in Dawang, so that every address of the product leads somewhere."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile

from accounts.models import Delegation
from attachments.models import Attachment
from enterprises.ledgers import find
from enterprises.ledgers.services import add_row
from enterprises.models import (
    ChangeRequest,
    Conflict,
    Drill,
    Enterprise,
    MergeRecord,
    Registration,
    SourceCopy,
    SourceUnit,
    Transfer,
)
from enterprises.plates import token_of
from enterprises.sources.views.verbs import VIEWS as SOURCE_VERBS
from hazards import services
from hazards.models import Hazard
from inbox.models import Delivery, Message
from inspections.models import (
    Doubt,
    Edition,
    GovernmentOrder,
    PatrolStop,
    ReferenceReview,
    SelfCheckList,
    Visit,
)
from listings.models import Job, JobKind, JobState
from paperwork.models import IssuedDocument
from paperwork.rendering import render
from tests.factories.exchange import make_registration
from tests.factories.hazards import make_photo, reported
from tests.factories.inbox import make_delivery, make_message
from tests.factories.ledgers import facts_of
from tests.factories.library import make_review, published
from tests.factories.life import merged, offered
from tests.factories.sources import make_copy, recorded
from tests.factories.truth import make_change_request, make_conflict
from tests.matrix import of_figures, of_library, of_self_checks, of_supervision, of_visits
from tests.people import AT, People

CHANGES = [
    f"enterprises:{name}" for name in ("change_request", "approve_change", "return_change", "withdraw_change")
]
CONFLICTS = [f"enterprises:{name}" for name in ("conflict", "take_seen", "keep_declared", "dismiss_conflict")]

LEDGER_PAGES = [
    f"enterprises:{name}"
    for name in ("ledger", "ledger_add", "ledger_edit", "ledger_remove", "ledger_list", "ledger_import")
]
TRANSFERS = [f"enterprises:{name}" for name in ("transfer", "accept_transfer", "refuse_transfer")]


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
    source: SourceUnit
    copy: SourceCopy
    drill: Drill
    change_request: ChangeRequest
    conflict: Conflict
    registration: Registration
    merge_record: MergeRecord
    transfer: Transfer
    edition: Edition
    review: ReferenceReview
    visit: Visit
    order: GovernmentOrder
    supervision: Visit
    self_check_list: SelfCheckList
    list_in_use: SelfCheckList
    stop: PatrolStop
    doubt: Doubt

    def address(self) -> dict[str, dict[str, Any]]:
        """Return what each address with a variable part is asked with."""
        law = {"short_id": "AWSL", "key": "41"}
        return {
            "accounts:end_session": {"pk": 1},
            "analytics:measure": {"code": "hazards.open"},
            "accounts:end_delegation": {"pk": self.delegation.pk},
            "attachments": {"pk": self.photo.pk},
            "enterprises": {"pk": self.enterprise.pk},
            "enterprises:source": {"pk": self.source.pk},
            "enterprises:print_source": {"pk": self.source.pk},
            "enterprises:source_copy": {"pk": self.copy.pk},
            "enterprises:send_source_copy": {"pk": self.copy.pk},
            **{f"enterprises:{verb}": {"pk": self.source.pk} for verb in SOURCE_VERBS},
            **dict.fromkeys(LEDGER_PAGES, {"pk": self.enterprise.pk, "code": "drills", "row": self.drill.pk}),
            "enterprises:unmask": {"pk": self.enterprise.pk, "fact": "contact_phone"},
            "enterprises:confirm": {"pk": self.enterprise.pk, "group": "contact"},
            **dict.fromkeys(CHANGES, {"pk": self.change_request.pk}),
            **dict.fromkeys(CONFLICTS, {"pk": self.conflict.pk}),
            "enterprises:registration": {"pk": self.registration.pk},
            "enterprises:accept_registration": {"pk": self.registration.pk},
            "enterprises:dismiss_registration": {"pk": self.registration.pk},
            "plate": {"token": token_of(self.enterprise.pk)},
            "api:enterprise": {"uscc": self.enterprise.uscc},
            "api:ledger": {"uscc": self.enterprise.uscc, "code": "drills"},
            **dict.fromkeys(TRANSFERS, {"pk": self.transfer.pk}),
            "enterprises:part": {"pk": self.merge_record.pk},
            "hazards": {"pk": self.hazard.pk},
            "inbox:read": {"pk": self.message.pk},
            "inbox:send_again": {"pk": self.delivery.pk},
            "listings:job": {"pk": self.job.pk},
            "listings:job_file": {"pk": self.job.pk},
            "listings:import_job": {"pk": self.import_job.pk},
            "listings:apply_import": {"pk": self.import_job.pk},
            "listings:discard_import": {"pk": self.import_job.pk},
            "listings:recheck_import": {"pk": self.import_job.pk},
            "listings:import_suggestions": {"pk": self.import_job.pk},
            "listings:decide_suggestion": {"pk": self.import_job.pk},
            "paperwork": {"pk": self.document.pk, "kind": "pdf"},
            **of_visits.addresses(self.visit),
            **of_figures.addresses(self.doubt),
            **of_supervision.addresses(self.order, self.supervision),
            **of_library.addresses(self.edition, self.review),
            **of_self_checks.addresses(self.self_check_list, self.list_in_use, self.stop),
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
        change_request=make_change_request(enterprise, people.enterprise, at),
        conflict=make_conflict(
            enterprise, people.officer, at, field="contact_phone", seen="空号", source="inspection"
        ),
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
        source=recorded(enterprise, people.enterprise, at=at),
        copy=make_copy(at=at),
        import_job=make_job(people.county, JobKind.IMPORT, JobState.FAILED, "enterprises.import", at),
        drill=add_row(
            enterprise, find("drills"), facts=facts_of(find("drills")), by=people.enterprise, at=at
        ),
        registration=make_registration(enterprise, people, at),
        merge_record=merged(people, enterprise, at=at),
        transfer=offered(people, enterprise, at=at),
        edition=(edition := published(people, at=at)),
        review=make_review(edition, at=at),
        visit=of_visits.make_visit(people, enterprise, at),
        **of_supervision.make(people, enterprise),
        **of_self_checks.make_checks(people, enterprise, at),
        **of_figures.make(enterprise, hazard, at),
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
