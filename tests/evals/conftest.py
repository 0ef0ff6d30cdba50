"""The accuracy is measured first: it takes longest, and other processes test beside it."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests that ingest whole sets before all others."""
    items.sort(key=lambda item: item.path.name != "test_gate.py")
