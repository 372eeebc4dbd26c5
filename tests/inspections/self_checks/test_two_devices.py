"""Two devices begin a self-check at the same moment: there is one check."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from inspections import services
from inspections.models import Visit
from tests.factories.self_checks import accepted
from tests.people import AT

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_devices_begin_one_check(people, enterprise):
    row, together, begun = accepted(people, enterprise), Barrier(2), []

    def begin() -> None:
        try:
            together.wait(10)
            begun.append(services.begin_self_check(row, by=people.enterprise, at=AT).pk)
        finally:
            connection.close()

    devices = [Thread(target=begin) for _ in range(2)]
    for device in devices:
        device.start()
    for device in devices:
        device.join(30)

    assert len(begun) == 2
    assert set(begun) == {Visit.objects.get().pk}
