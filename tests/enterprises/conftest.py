"""The answers of a right form."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.enterprises import valid_uscc


@pytest.fixture
def answers() -> Callable[..., dict[str, Any]]:
    """Return the fields of a right form; others may be given."""

    def _answers(**fields: Any) -> dict[str, Any]:
        return {
            "name": "广饶听松机械有限公司",
            "uscc": valid_uscc(700_001),
            "enterprise_type": "limited",
            "production_address": "大王镇工业路北12号",
            "region": "370523101",
            "principal_name": "高砚平",
            "principal_phone": "13605460001",
            "contact_name": "陆春生",
            "contact_phone": "13605460002",
            "employees": "12",
            "full_time_safety_managers": "1",
            "part_time_safety_managers": "0",
            "registered_safety_engineers": "0",
            "special_operators": "0",
            "industry_code": "3511",
            "regulatory_category": "industry_trade",
            "operating_status": "normal",
            "supervision_level": "town",
            **fields,
        }

    return _answers
