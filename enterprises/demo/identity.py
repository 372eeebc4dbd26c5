"""ID numbers for the legal representatives of some files: right in every digit, and nobody's."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from stdnum.cn import ric

from accounts.demo import TOWN
from accounts.masking import mask_id_no
from enterprises.identity import ID_NO
from enterprises.models import Enterprise, LegalRepIdentity

# No county has ever had this code.
NOWHERE = "370599"
OLDEST = date(1958, 1, 1)
DAYS_OF_BIRTH = 13_500
# Most enterprises have not entered theirs yet; in the town where the tour leads, all have.
SHARE = 0.4


def number_for(enterprise: Enterprise) -> str:
    """Return the number of an enterprise, the same at every run, or nothing for those that have not entered it."""
    # From a source of its own, so that nothing else in the city changes.
    own = Random(enterprise.uscc)  # noqa: S311 - nothing secret
    if not enterprise.region_id.startswith(TOWN) and own.random() > SHARE:
        return ""
    born = OLDEST + timedelta(days=own.randrange(DAYS_OF_BIRTH))
    body = f"{NOWHERE}{born:%Y%m%d}{own.randrange(1, 1000):03d}"
    return body + ric.calc_check_digit(body + "0")


def mask(enterprises: Iterable[Enterprise]) -> None:
    """Write the masked numbers into files that are not saved yet."""
    for enterprise in enterprises:
        setattr(enterprise, ID_NO, mask_id_no(number_for(enterprise)))


def keep(enterprises: Iterable[Enterprise]) -> None:
    """Keep the whole numbers of files that are saved now, in sets."""
    wanted = [each for each in enterprises if each.legal_rep_id_no]
    LegalRepIdentity.objects.bulk_create(
        [LegalRepIdentity(enterprise=each, id_no=number_for(each)) for each in wanted], batch_size=2000
    )
