"""What a worker serves and when it is replaced."""

import gc

from django.conf import settings

from config.celery import app
from paperwork import pdf
from paperwork.kinds import registry
from paperwork.tasks import render_document
from tests.paperwork.samples import SAMPLES, STAMP


def routed(task: str) -> str:
    return app.amqp.router.route({}, task)["queue"].name


def test_documents_wait_in_a_queue_of_their_own():
    assert routed(render_document.name) == "paper"


def test_messages_and_clocks_do_not_wait_behind_documents():
    for planned in settings.CELERY_BEAT_SCHEDULE.values():
        assert routed(planned["task"]) == "celery"


def test_a_worker_that_is_told_nothing_serves_every_queue():
    assert set(app.amqp.queues.consume_from) == {"celery", "paper"}


def test_what_is_sent_to_one_queue_reaches_no_other():
    assert {queue.routing_key for queue in app.amqp.queues.values()} == {"celery", "paper"}


def test_every_task_of_the_clock_is_known():
    app.loader.import_default_modules()
    assert {planned["task"] for planned in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_a_worker_that_has_grown_is_replaced():
    assert app.conf.worker_max_memory_per_child == 400_000


def test_a_document_leaves_nothing_behind_once_it_is_made():
    """A laid-out page holds its fonts in circles of references; they are let go at once, not some time."""
    blocks = list(_kind().build(SAMPLES["hazards.rectification_notice"], STAMP))
    gc.disable()
    try:
        pdf.render(blocks, STAMP)
        assert gc.collect() < 500
    finally:
        gc.enable()


def _kind():
    return registry()["hazards.rectification_notice"]
