"""Who reads the figures: whoever watches over others, each within their own area."""

from accounts.models import Role

GRANTS = {
    "analytics.view_overview": {
        Role.CITY,
        Role.COUNTY,
        Role.TOWN,
        Role.OFFICER,
        Role.LEADER,
        Role.LEGAL,
        Role.DEPT,
    },
}
