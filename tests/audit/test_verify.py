"""`verify_audit` finds what was changed or taken away, and says which it is."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.models import Seal
from audit.sealing import faults, head, seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(entries):
    """Five entries in the chain."""
    seal()
    return entries


def verify(**options: str) -> tuple[str, str]:
    """Run the command; what it printed, and with what it ended."""
    out = StringIO()
    try:
        call_command("verify_audit", stdout=out, **options)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_a_whole_chain_is_whole(sealed):
    said, ended = verify()
    assert ended == ""
    assert "5 entries sealed and whole, 0 waiting" in said
    assert f"head 5:{head()[1]}" in said


def test_an_empty_chain_is_whole(db):
    assert verify()[1] == ""


@pytest.mark.parametrize(
    "change",
    [
        "reason = '别的理由'",
        "data = '{\"fields\": []}'",
        "at = at - interval '1 second'",
        "actor_name = '别人'",
        "target_id = target_id + 1",
        "recorded_at = recorded_at + interval '1 microsecond'",
    ],
)
def test_a_changed_entry_is_named(sealed, tamper, change):
    tamper(f"UPDATE audit_entry SET {change} WHERE id = %s", [sealed[2].pk])
    said, ended = verify()
    assert f"link 3, entry {sealed[2].pk}" in said
    assert "is not what was sealed" in said
    assert "at 1 places" in ended


def test_a_removed_entry_is_named(sealed, tamper):
    tamper("DELETE FROM audit_entry WHERE id = %s", [sealed[1].pk])
    said, ended = verify()
    assert f"link 2, entry {sealed[1].pk}: the entry is gone" in said
    assert ended


def test_an_entry_removed_with_its_link_leaves_a_gap(sealed, tamper):
    tamper("DELETE FROM audit_seal WHERE seq IN (2, 3)")
    tamper("DELETE FROM audit_entry WHERE id = ANY(%s)", [[sealed[1].pk, sealed[2].pk]])
    assert [fault.what for fault in faults()] == ["links 2 to 3 are missing"]


def test_links_numbered_anew_over_a_gap_do_not_follow_each_other(sealed, tamper):
    tamper("DELETE FROM audit_seal WHERE seq = 2")
    tamper("UPDATE audit_seal SET seq = -seq WHERE seq > 2")
    tamper("UPDATE audit_seal SET seq = -seq - 1 WHERE seq < 0")
    assert [(fault.seq, fault.what) for fault in faults()] == [(2, "does not follow the link before it")]


def test_an_entry_sealed_anew_after_a_change_breaks_the_next_link(sealed, tamper):
    tamper("UPDATE audit_seal SET hash = repeat('a', 64) WHERE seq = 2")
    assert [fault.seq for fault in faults()] == [2, 3]


def test_an_end_that_was_cut_off_shows_against_a_head_kept_elsewhere(sealed, tamper):
    noted = "{}:{}".format(*head())
    assert verify(head=noted)[1] == ""
    tamper("DELETE FROM audit_seal WHERE seq = 5")
    tamper("DELETE FROM audit_entry WHERE id = %s", [sealed[4].pk])
    assert verify()[1] == ""
    said, ended = verify(head=noted)
    assert "was the head once" in said
    assert ended


def test_a_head_that_is_none_is_refused(db):
    assert "SEQ:HASH" in verify(head="five")[1]


def test_a_guard_that_was_switched_off_is_named(sealed):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Seal._meta, "triggers", [_Absent()])
        said, ended = verify()
    assert "the guard is off: audit_seal: no_guard" in said
    assert ended


class _Absent:
    """A trigger that the database does not have."""

    name = "no_guard"

    def get_pgid(self, model: type) -> str:
        return "pgtrigger_no_guard"
