"""ID numbers for the tests: right in every digit, and nobody's."""

from stdnum.cn import ric

# A county code that was never given out.
NOWHERE = "370599"


def valid_id_no(serial: int = 1, born: str = "19750312") -> str:
    """Return a number with a right check digit."""
    body = f"{NOWHERE}{born}{serial:03d}"
    return body + ric.calc_check_digit(body + "0")
