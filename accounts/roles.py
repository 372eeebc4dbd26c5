"""The roles of handbook §2, and which of them watch over others."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a post lets a person do; where, the post itself says."""

    CITY = "city", _("City regulator")
    COUNTY = "county", _("County regulator")
    TOWN = "town", _("Town regulator")
    GRID = "grid", _("Grid worker")
    LEADER = "leader", _("Responsible leader")
    LEGAL = "legal", _("Legal reviewer")
    OFFICER = "officer", _("Enforcement officer")
    DEPT = "dept", _("Competent department")
    ENTERPRISE = "enterprise", _("Enterprise safety officer")
    EXPERT = "expert", _("Expert")
    AGENCY = "agency", _("Service agency")
    ADMIN = "admin", _("System administrator")
    SECURITY = "security", _("Security administrator")
    AUDITOR = "auditor", _("Auditor")


# They decide over others, so they need a second factor (handbook §16.1).
SECOND_FACTOR = frozenset(
    {
        Role.CITY,
        Role.COUNTY,
        Role.TOWN,
        Role.LEADER,
        Role.LEGAL,
        Role.OFFICER,
        Role.DEPT,
        Role.ADMIN,
        Role.SECURITY,
        Role.AUDITOR,
    }
)

# Three separate people (三员分立): who opens accounts, who gives posts, who reads the record.
ADMINISTRATORS = frozenset({Role.ADMIN, Role.SECURITY, Role.AUDITOR})

# Their post is for a division; without one it would cover nothing.
NEEDS_REGION = frozenset(
    {Role.CITY, Role.COUNTY, Role.TOWN, Role.LEADER, Role.LEGAL, Role.OFFICER, Role.DEPT}
)
