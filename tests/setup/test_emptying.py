"""After a test that really commits the law stands as before, and nothing else stands at all."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from accounts.models import User
from audit.services import record
from deadlines.models import WorkingDay
from rulebook.models import Article, Law, Parameter
from tests.emptying import empty, filled
from tests.standing import every_model

pytestmark = pytest.mark.django_db(transaction=True)


def rows_of(model) -> list[dict]:
    """Return every row of a model, field by field."""
    return list(model.objects.order_by("pk").values())


def asleep() -> list[str]:
    """Return the triggers that do not act."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled = 'D'")
        return [name for (name,) in cursor.fetchall()]


def test_what_a_test_has_written_is_gone(people, enterprise, at):
    record(people.town, "trial.look", enterprise, at=at)
    assert User.objects.exists()
    empty()
    tables = [model._meta.db_table for model in every_model()]
    with connection.cursor() as cursor:
        left = filled(cursor, tables)
    assert {table.partition("_")[0] for table in left} == {"auth", "deadlines", "django", "inbox", "rulebook"}
    assert not {"deadlines_deadline", "inbox_message"} & set(left)


def test_law_that_a_test_has_taken_away_stands_again():
    before = [rows_of(model) for model in (Law, Article, Parameter)]
    assert all(before)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE rulebook_law, rulebook_question, rulebook_parameter CASCADE")
    assert not Article.objects.exists()
    empty()
    assert [rows_of(model) for model in (Law, Article, Parameter)] == before


def test_a_number_that_a_test_has_changed_is_as_before(at):
    number, before = Parameter.objects.first(), rows_of(Parameter)
    Parameter.objects.filter(pk=number.pk).update(withdrawn_at=at)
    WorkingDay.objects.filter(pk=WorkingDay.objects.first().pk).delete()
    days = WorkingDay.objects.count()
    empty()
    assert rows_of(Parameter) == before
    assert WorkingDay.objects.count() == days + 1


def test_it_can_be_done_again_and_again(at):
    for _time in range(2):
        Parameter.objects.update(withdrawn_at=at)
        empty()
        assert not Parameter.objects.filter(withdrawn_at=at).exists()


def test_kinds_of_records_keep_their_keys():
    before = rows_of(ContentType)
    empty()
    assert rows_of(ContentType) == before


def test_no_trigger_stays_asleep(people, at):
    Parameter.objects.update(withdrawn_at=at)
    empty()
    assert asleep() == []
