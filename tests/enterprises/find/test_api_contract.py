"""The description of the API holds: whatever is asked by it, or against it, is answered as described."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from enterprises.models import Registration
from tests.enterprises.find.conftest import token_for
from tests.factories.enterprises import make_enterprise

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
OPERATIONS = [
    ("GET", "/api/v1/enterprises"),
    ("GET", "/api/v1/enterprises/{uscc}"),
    ("GET", "/api/v1/enterprises/{uscc}/ledgers/{code}"),
    ("GET", "/api/v1/sources"),
    ("POST", "/api/v1/registrations"),
]


@pytest.fixture
def contract(people, registry, time_machine, at):
    """The description, asked over WSGI, and a token of the market regulator."""
    time_machine.move_to(at)
    make_enterprise(regulatory_category="hazchem")
    _token, text = token_for(registry, people, per_minute=30_000)
    # The test holds one connection open in a transaction; a real server closes it after each request.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application()), text
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_operation_of_the_description_is_tried_here(contract):
    schema, _token = contract

    described = {
        (method.upper(), path) for path, methods in schema.raw_schema["paths"].items() for method in methods
    }
    assert described == set(OPERATIONS)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda part: part.rpartition("/")[2])
def test_every_answer_is_one_that_the_description_names(contract, method, path, mode):
    schema, token = contract
    answers: list[int] = []

    @settings(
        max_examples=40,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(schema[path][method].as_strategy(mode))
    def ask(case) -> None:
        answer = case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)
        answers.append(answer.status_code)

    ask()
    assert answers
    assert mode is GenerationMode.NEGATIVE or set(answers) & {200, 404, 422}
    assert mode is GenerationMode.POSITIVE or set(answers) & {401, 404, 422}
    assert not Registration.objects.exclude(uscc__regex=r"^[0-9A-Z]{18}$").exists()
