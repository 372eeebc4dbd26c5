"""The operating status of an enterprise and the steps that change it (handbook §3.5); the transfer of its file."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.choices import OperatingStatus as Status
from enterprises.life import guards
from lifecycle.table import Lifecycle, State, Verb

RECHECK, VERIFY = "enterprises.recheck_stop", "enterprises.verify_stop"
SEASON, DECIDE = "enterprises.season_end", "enterprises.decide_transfer"
RUNNING = ("normal", "trial")
ORDERABLE = ("construction", "trial", "normal", "suspended_self", "seasonal")
STANDING = (*ORDERABLE, "suspended_ordered")
ENDABLE = (*STANDING, "lost")
GONE = ("relocated", "closed", "deregistered", "revoked")

ENTERPRISE = Lifecycle(
    name="enterprises.enterprise",
    model="enterprises.Enterprise",
    # A file may also be opened in trial or normal production; `services.register` says so.
    initial="construction",
    states=(
        State("construction", Status.CONSTRUCTION.label, phase="0", deadline=None),
        State("trial", Status.TRIAL.label, phase="1", deadline=None),
        State("normal", Status.NORMAL.label, phase="2", deadline=None),
        State("suspended_self", Status.SUSPENDED_SELF.label, phase="pause", deadline=RECHECK),
        State("suspended_ordered", Status.SUSPENDED_ORDERED.label, phase="pause", deadline=RECHECK),
        State("seasonal", Status.SEASONAL.label, phase="pause", deadline=SEASON),
        State("lost", Status.LOST.label, phase="void", deadline=None),
        State("relocated", Status.RELOCATED.label, phase="done", deadline=None, terminal=True),
        State("closed", Status.CLOSED.label, phase="done", deadline=None, terminal=True),
        State("deregistered", Status.DEREGISTERED.label, phase="done", deadline=None, terminal=True),
        State("revoked", Status.REVOKED.label, phase="void", deadline=None, terminal=True),
    ),
    verbs=(
        Verb("start_trial", _("Start the trial run"), ("construction",), "trial", primary=True),
        Verb("start_normal", _("Start production"), ("construction", "trial"), "normal", primary=True),
        Verb(
            "ask_to_stop",
            _("Report a stop"),
            RUNNING,
            None,
            guards=(guards.no_open_stop,),
            starts=(VERIFY,),
        ),
        Verb(
            "verify_stop",
            _("Seen on site: stopped"),
            RUNNING,
            "suspended_self",
            guards=(guards.stop_asked_for, guards.asked_for_itself, guards.asked_by_another),
            settles=(VERIFY,),
            primary=True,
        ),
        Verb(
            "verify_season",
            _("Seen on site: stopped for the season"),
            RUNNING,
            "seasonal",
            guards=(guards.stop_asked_for, guards.asked_for_season, guards.asked_by_another),
            settles=(VERIFY,),
            primary=True,
        ),
        Verb(
            "refuse_stop",
            _("Not stopped: refuse"),
            RUNNING,
            None,
            guards=(guards.stop_asked_for,),
            settles=(VERIFY,),
            needs_reason=True,
        ),
        Verb(
            "withdraw_stop",
            _("Take the stop back"),
            RUNNING,
            None,
            guards=(guards.stop_asked_for,),
            settles=(VERIFY,),
        ),
        Verb(
            "recheck_stop",
            _("Still stopped, seen on site"),
            ("suspended_self", "suspended_ordered"),
            None,
            settles=(RECHECK,),
            starts=(RECHECK,),
        ),
        Verb(
            "approve_resumption",
            _("Agree to resume"),
            ("suspended_ordered",),
            None,
            guards=(guards.not_yet_agreed,),
        ),
        Verb(
            "resume",
            _("Resume production"),
            ("suspended_self", "suspended_ordered", "seasonal"),
            "normal",
            guards=(guards.agreed_to_resume,),
            primary=True,
        ),
        Verb("suspend_ordered", _("Order to stop"), ORDERABLE, "suspended_ordered", settles=(VERIFY,)),
        Verb(
            "ask_transfer",
            _("Hand the file to another district"),
            ENDABLE,
            None,
            guards=(guards.no_open_transfer,),
        ),
        Verb(
            "withdraw_transfer",
            _("Take the transfer back"),
            ENDABLE,
            None,
            guards=(guards.transfer_asked,),
        ),
        Verb("declare_lost", _("Not to be found"), STANDING, "lost", settles=(VERIFY,)),
        Verb("move_away", _("Moved out of the city"), ENDABLE, "relocated", needs_reason=True),
        Verb("close", _("Close the file"), ENDABLE, "closed", needs_reason=True),
        Verb(
            "deregister",
            pgettext_lazy("operating status", "Deregister"),
            (*ENDABLE, "closed", "revoked"),
            "deregistered",
        ),
        Verb("revoke", _("Licence revoked"), (*ENDABLE, "closed"), "revoked"),
        Verb(
            "reinstate",
            _("Take into supervision again"),
            ("lost", *GONE),
            "normal",
            needs_reason=True,
        ),
    ),
)

TRANSFER = Lifecycle(
    name="enterprises.transfer",
    model="enterprises.Transfer",
    initial="asked",
    states=(
        State("asked", _("Waiting for the other district"), phase="1", deadline=DECIDE),
        State("accepted", _("Taken over"), phase="done", deadline=None, terminal=True),
        State("refused", _("Not taken over"), phase="void", deadline=None, terminal=True),
        State("withdrawn", _("Taken back"), phase="void", deadline=None, terminal=True),
    ),
    verbs=(
        Verb(
            "accept_transfer",
            _("Take the file over"),
            ("asked",),
            "accepted",
            guards=(guards.file_still_there, guards.taken_by_another),
            primary=True,
        ),
        Verb("refuse_transfer", _("Refuse to take over"), ("asked",), "refused", needs_reason=True),
        # Taken back by the step of the same meaning on the enterprise, which stands on record there.
        Verb("end_transfer", _("Taken back"), ("asked",), "withdrawn", by_clock=True),
    ),
)
