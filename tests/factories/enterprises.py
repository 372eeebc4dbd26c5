"""Enterprises for the tests."""

from itertools import count

from stdnum.cn import uscc

from enterprises.models import Enterprise
from tests.people import AT

_serial = count(1)


def valid_uscc(serial: int, county: str = "370523") -> str:
    """Return a code with a right check digit."""
    body = f"91{county}MA{serial:07d}"
    return body + uscc.calc_check_digit(body)


def make_enterprise(region: str = "370523101001", **fields: object) -> Enterprise:
    """Create an enterprise with every mandatory field."""
    serial = next(_serial)
    values = {
        "name": f"广饶砚池木业有限公司{serial}",
        "uscc": valid_uscc(serial),
        "production_address": "大王镇工业路北12号",
        "principal_name": "高砚平",
        "principal_phone": "13605460001",
        "contact_name": "陆春生",
        "contact_phone": "13605460002",
        "industry_code": "2032",
        "regulatory_category": "industry_trade",
        "created_at": AT,
        "updated_at": AT,
        **fields,
    }
    return Enterprise.objects.create(region_id=region, **values)
