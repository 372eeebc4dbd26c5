"""What the look for doubts rests on, of the last year: answers to self-checks, photos of hazards, findings of visits."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType

from attachments.models import Attachment
from config.scale.bare import rows, run
from config.scale.columns import insert
from hazards.models import Hazard
from inspections.models import Answer, Finding

# Answers and findings as far back as doubts are looked for, photos for as long as they are compared.
ANSWERED, PHOTOGRAPHED = "interval '95 days'", "interval '1 year'"
# Every so many hazards have photos; the device keeps no more of a street than a few of one enterprise.
PER_PHOTO = 4
# One self-check in twenty takes a second for an item.
HURRIED = """
UPDATE inspections_visit SET started_at = ended_at - interval '1 second' * item_count
WHERE kind = 'self_check' AND state = 'finished' AND finished_at >= timestamptz '{now}' - {answered} AND id % 20 = 0
"""
ANSWERS = """
FROM (SELECT id, finished_at, item_count FROM inspections_visit
      WHERE kind = 'self_check' AND state = 'finished'
        AND finished_at >= timestamptz '{now}' - {answered}) AS visit
CROSS JOIN LATERAL generate_series(1, visit.item_count) AS place
JOIN (SELECT id, row_number() OVER (ORDER BY hashint8(id)) AS no
      FROM (SELECT id FROM inspections_checkitem ORDER BY hashint8(id) LIMIT 2000) AS drawn) AS item
  ON item.no = 1 + (visit.id * 41 + place) % 2000
"""
PHOTOS = """
FROM (SELECT id, found_at, rectified_at FROM hazards_hazard
      WHERE found_at >= timestamptz '{now}' - {photographed} AND id % {per_photo} = 0) AS hazard
CROSS JOIN (VALUES ('before'), ('after')) AS side (purpose)
CROSS JOIN LATERAL (SELECT CASE WHEN purpose = 'after' THEN rectified_at ELSE found_at END AS given) AS moment
WHERE given IS NOT NULL
ORDER BY given
"""
FINDINGS = """
FROM hazards_hazard AS hazard
CROSS JOIN LATERAL (SELECT id FROM inspections_visit WHERE enterprise_id = hazard.enterprise_id
                    ORDER BY kind, finished_at DESC, id DESC LIMIT 1) AS visit
CROSS JOIN LATERAL (SELECT item_id FROM inspections_answer WHERE visit_id = visit.id LIMIT 1) AS answer
WHERE hazard.found_at >= timestamptz '{now}' - {answered} AND hazard.source <> 'self_check'
"""


def load(now: datetime) -> int:
    """Write answers, photos and findings beside what stands; return how many."""
    facts = {
        "now": now.isoformat(),
        "answered": ANSWERED,
        "photographed": PHOTOGRAPHED,
        "per_photo": PER_PHOTO,
    }
    person = rows("SELECT min(id) FROM accounts_user")[0][0]
    run(HURRIED.format(**facts))
    made = run(insert(Answer, answers(person), ANSWERS.format(**facts)))
    made += run(insert(Attachment, photos(person), PHOTOS.format(**facts)))
    run("ANALYZE inspections_answer, attachments_attachment")
    made += run(insert(Finding, findings(), FINDINGS.format(**facts)))
    run("ANALYZE inspections_finding")
    return made


def answers(person: int) -> dict[str, str]:
    """Return the columns of an answer: nearly everything passes, one in ten with one tap for all."""
    return {
        "visit_id": "visit.id",
        "item_id": "item.id",
        "result": "CASE WHEN (visit.id + place) % 40 = 0 THEN 'na' ELSE 'pass' END",
        "answered_by_id": str(person),
        "answered_at": "visit.finished_at",
        "at_once": "visit.id % 10 = 0",
    }


def photos(person: int) -> dict[str, str]:
    """Return the columns of a photo; its perceptual hash is as good as thrown."""
    told = "md5(hazard.id::text || purpose)"
    return {
        "target_type_id": str(ContentType.objects.get_for_model(Hazard).pk),
        "target_id": "hazard.id",
        "purpose": "purpose",
        "file": f"'attachments/' || {told} || '.jpg'",
        "original_name": "'IMG.jpg'",
        "content_type": "'image/jpeg'",
        "size": "180000",
        "sha256": f"{told} || {told}",
        "taken_at": "given - interval '1 minute'",
        "phash": f"left({told}, 16)",
        "scan_state": "'clean'",
        "uploaded_by_id": str(person),
        "uploaded_at": "given",
    }


def findings() -> dict[str, str]:
    """Return the columns of a finding."""
    return {"visit_id": "visit.id", "hazard_id": "hazard.id", "item_id": "answer.item_id"}


def tables() -> tuple[str, ...]:
    """Return the tables that were filled."""
    return tuple(model._meta.db_table for model in (Answer, Attachment, Finding))
