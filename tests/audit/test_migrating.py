"""Tables made together: in any order, with their triggers, and taken away again; nothing is made of a half of them."""

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import OperationWriter
from pgtrigger import Before, Delete, Protect
from pgtrigger.migrations import AddTrigger

from audit.migrating import Together

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = {"audit_branch", "audit_tree"}


def number() -> models.Field:
    """Return the key of a table."""
    return models.BigAutoField(primary_key=True)


def garden() -> Together:
    """A branch that points at a tree made after it, and no tree may be cut down."""
    tree = models.ForeignKey("audit.Tree", models.CASCADE)
    felling = Protect(name="no_felling", operation=Delete, when=Before).compile(as_model())
    return Together(
        [
            CreateModel("Branch", [("id", number()), ("tree", tree)]),
            CreateModel("Tree", [("id", number())]),
            AddTrigger("tree", felling),
        ]
    )


def as_model() -> type[models.Model]:
    """Return the tree as the trigger's compiler wants it."""
    state = ProjectState()
    CreateModel("Tree", [("id", number())]).state_forwards("audit", state)
    return state.apps.get_model("audit", "Tree")


def tables() -> set[str]:
    """Return which of the two stand."""
    return TABLES & set(connection.introspection.table_names())


def migrate(operation: Operation, back: bool = False) -> ProjectState:
    """Make, or take away, what the operation describes; the picture after it."""
    before = ProjectState()
    after = before.clone()
    operation.state_forwards("audit", after)
    with connection.schema_editor() as editor:
        if back:
            operation.database_backwards("audit", editor, after, before)
        else:
            operation.database_forwards("audit", editor, before, after)
    return after


@pytest.fixture
def planted():
    """The two tables, taken away after the test."""
    yield migrate(garden()).apps
    if tables():
        migrate(garden(), back=True)


def test_a_table_may_point_at_one_that_is_made_after_it(planted):
    tree = planted.get_model("audit", "Tree").objects.create()
    assert planted.get_model("audit", "Branch").objects.create(tree=tree).tree == tree


def test_the_foreign_key_is_kept_by_the_database(planted):
    with pytest.raises(DatabaseError):
        planted.get_model("audit", "Branch").objects.create(tree_id=404)


def test_the_triggers_stand(planted):
    tree = planted.get_model("audit", "Tree").objects.create()
    with pytest.raises(DatabaseError, match="no_felling"), transaction.atomic():
        tree.delete()


def test_it_goes_back_as_one_step(planted):
    migrate(garden(), back=True)
    assert tables() == set()


def test_the_picture_drawn_before_is_thrown_away_not_drawn_over(planted):
    state = ProjectState()
    drawn = state.apps
    garden().state_forwards("audit", state)
    assert state.apps is not drawn
    assert state.apps.get_model("audit", "Branch")._meta.get_field("tree").related_model.__name__ == "Tree"


def test_the_writer_writes_it_with_all_its_steps():
    text, imports = OperationWriter(garden(), indentation=0).serialize()
    assert "audit.migrating.Together(" in text
    assert text.count("migrations.CreateModel(") == 2
    assert "import audit.migrating" in imports
