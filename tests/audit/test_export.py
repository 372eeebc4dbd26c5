"""A copy of the chain for another machine proves by itself that it is whole."""

import hashlib
import json
from io import StringIO

import pytest
from django.core.management import call_command

from audit.sealing import GENESIS, head, seal


@pytest.fixture
def copied(entries):
    """Copy links to lines of JSON."""
    seal()

    def _copied(**options):
        out = StringIO()
        call_command("export_audit", stdout=out, **options)
        return [json.loads(line) for line in out.getvalue().splitlines()]

    return _copied


def test_each_line_holds_what_its_hash_is_made_of(copied):
    previous = GENESIS
    for line in copied():
        assert line["previous"] == previous
        assert hashlib.sha256(f"{previous}{line['entry']}".encode()).hexdigest() == line["hash"]
        previous = line["hash"]
    assert previous == head()[1]


def test_it_goes_on_after_what_was_copied_before(copied):
    assert [line["seq"] for line in copied(after=3)] == [4, 5]


def test_the_entry_reads_as_it_stands(copied):
    facts = json.loads(copied()[0]["entry"])
    assert (facts["actor_name"], facts["verb"], facts["reason"]) == ("孙晓燕", "enterprises.change", "第1次")
