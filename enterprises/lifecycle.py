"""The tables of states of this app; each stands with the part to which it belongs."""

from enterprises.life.tables import ENTERPRISE, TRANSFER
from enterprises.registrations import REGISTRATION
from enterprises.sources.copies.lifecycle import SOURCE_COPY
from enterprises.sources.lifecycle import SOURCE
from enterprises.truth.tables import CHANGE_REQUEST, CONFLICT

LIFECYCLES = [CHANGE_REQUEST, CONFLICT, SOURCE, SOURCE_COPY, ENTERPRISE, TRANSFER, REGISTRATION]
