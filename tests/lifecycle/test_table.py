"""A table says what it means: the checks find what it forgets, and the command reads it aloud."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from audit.phrases import phrase_of
from lifecycle import registry
from lifecycle.checks import check_table, check_tables
from lifecycle.refusals import Refusal
from lifecycle.table import State, Verb
from regions.models import Region
from tests.lifecycle.lamps.lifecycle import LAMP
from tests.lifecycle.lamps.models import Lamp


def codes(table):
    """Return the ids of what is wrong with a table."""
    return {error.id.removeprefix("lifecycle.") for error in check_table(table)}


def with_states(*states):
    """Return the lamps' table with further states."""
    return replace(LAMP, states=(*LAMP.states, *states))


def with_verbs(*verbs):
    """Return the lamps' table with further verbs."""
    return replace(LAMP, verbs=(*LAMP.verbs, *verbs))


def test_every_table_of_the_house_is_sound():
    assert check_tables(None) == []
    assert LAMP in registry.tables()


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (with_states(State("dark", "Dark again", "0", deadline=None)), "E001"),
        (with_verbs(Verb("mend", "Mend twice", ("ordered",), "lit")), "E001"),
        (replace(LAMP, initial="new"), "E002"),
        (replace(LAMP, model="lamps.Candle"), "E002"),
        (replace(LAMP, model="accounts.User"), "E002"),
        (with_states(State("red", "Red", "red", deadline=None)), "E003"),
        (with_states(State("half", "Half lit", "1")), "E004"),
        (with_states(State("half", "Half lit", "1", deadline="lamps.never")), "E005"),
        (with_verbs(Verb("polish", "Polish", ("lit",), None, starts=("lamps.never",))), "E005"),
        (with_verbs(Verb("polish", "Polish", ("shiny",), None)), "E006"),
        (with_verbs(Verb("polish", "Polish", ("lit",), "shiny")), "E006"),
        (with_verbs(Verb("polish", "Polish", ("lit",), None, otherwise="smear")), "E011"),
        (with_verbs(Verb("find", "Find", (), "lit")), "E007"),
        (with_states(State("lost", "Lost", "void", terminal=True)), "E008"),
        (
            replace(
                with_states(State("pit", "Pit", "1", deadline=None)),
                verbs=(*LAMP.verbs, Verb("fall", "Fall", ("dark",), "pit")),
            ),
            "E009",
        ),
        (with_verbs(Verb("polish", "Polish", ("lit",), None)), "E010"),
    ],
)
def test_a_check_finds(table, code):
    assert code in codes(table)


def test_no_deadline_on_purpose_is_said_aloud():
    assert codes(LAMP) == set()
    assert LAMP.state("waiting").deadline is None


def test_two_tables_cannot_share_a_name():
    with pytest.raises(ImproperlyConfigured, match=r"lamps\.lamp"):
        registry.register(replace(LAMP))


def test_a_record_knows_its_table():
    assert registry.of(Lamp()) is LAMP
    with pytest.raises(LookupError):
        registry.find("lamps.candle")


def test_a_model_with_several_tables_names_the_one_it_follows():
    lamp = Lamp()
    lamp.lifecycle_name = "lamps.lamp"
    assert registry.of(lamp) is LAMP


def test_a_model_without_a_table_says_so():
    with pytest.raises(LookupError, match="0 lifecycles"):
        registry.of(Region)


def test_open_states_are_those_that_do_not_end():
    assert LAMP.open_states() == ["dark", "ordered", "waiting"]


def test_verbs_have_words_in_the_audit_trail():
    assert phrase_of("lamps.order_repair") == "repair ordered"
    assert phrase_of("lamps.mend") == "Mend"


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (Refusal("No part.", "It needs one."), "No part. It needs one."),
        (Refusal("没有零件。", "须有零件。"), "没有零件。须有零件。"),
        (Refusal("No part."), "No part."),
    ],
)
def test_a_refusal_reads_as_a_sentence_in_either_language(refusal, sentence):
    assert str(refusal) == sentence


def test_the_command_reads_a_table_aloud():
    out = StringIO()
    call_command("lifecycles", "lamps.lamp", stdout=out)
    text = out.getvalue()
    assert "| `ordered` | Repair ordered | Mend the lamp (`lamps.mend`) |  |" in text
    assert "| `mend` | Mend | `ordered` | `lit` | A lamp is mended with the part that it lacks. |" in text
    assert "| `report` | Report | — | `dark` | — |" in text


def test_the_command_knows_what_it_does_not_know():
    with pytest.raises(CommandError, match="candle"):
        call_command("lifecycles", "lamps.candle")
