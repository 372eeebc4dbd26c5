"""A town sees to its lamps, a county gives one up."""

from accounts.models import Role

GRANTS = {
    "lamps.report": {Role.TOWN, Role.COUNTY},
    "lamps.order_repair": {Role.TOWN, Role.COUNTY},
    "lamps.mend": {Role.TOWN, Role.COUNTY},
    "lamps.remark": {Role.TOWN, Role.COUNTY},
    "lamps.wait_for_part": {Role.TOWN},
    "lamps.part_came": {Role.TOWN},
    "lamps.give_up": {Role.COUNTY},
    "lamps.relight": {Role.TOWN},
}
