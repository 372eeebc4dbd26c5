"""Only the auditor reads the trail as a whole (handbook §2.4)."""

from accounts.models import Role

GRANTS = {"audit.view_entry": {Role.AUDITOR}}
