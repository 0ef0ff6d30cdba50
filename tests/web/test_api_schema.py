"""Whatever is asked of the API, it answers as it says that it does (Schemathesis)."""

from __future__ import annotations

import pytest
import schemathesis
from filled import fill
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from served import served

from parley.web.settings import Settings

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def api(tmp_path_factory):
    """The description of an app over a record that these tests may fill."""
    path = tmp_path_factory.mktemp("api") / "parley.db"
    fill(path)
    with served(Settings(record=str(path))) as address:
        loaded = schemathesis.openapi.from_url(f"{address}/openapi.json")
        # Each new report starts a process, and what is fetched leaves this machine.
        yield loaded.exclude(path="/api/reports", method="POST")


def test_the_api_is_as_it_is_described(api):
    """No request makes it fail, and every answer has the status and the shape described."""
    operations = [result.ok() for result in api.get_all_operations()]
    assert len(operations) > 15
    for operation in operations:

        @settings(
            max_examples=12,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case):
            case.call_and_validate(checks=CHECKS)

        ask()
