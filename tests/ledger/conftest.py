"""Empty ledgers on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from ledger.cluster import Cluster, binaries

from qml.ledger import open_ledger
from qml.testing.journal_contract import Factory


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A throw-away PostgreSQL of this test session."""
    folder = binaries()
    if folder is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with Cluster(folder) as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str | None:
    """`ledger.url`: the project's own file, then PostgreSQL."""
    return None if request.param == "sqlite" else request.getfixturevalue("cluster").url


@pytest.fixture
def factory(url: str | None, tmp_path: Path) -> Factory:
    """Opens a project of its own for every test."""
    return partial(open_ledger, url, tmp_path, project=str(uuid4()))
