from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from ledger.cluster import Cluster

from qml.ledger import open_ledger
from qml.testing.journal_contract import Factory, JournalContract


class TestSqlite(JournalContract):
    @pytest.fixture
    def factory(self, tmp_path: Path) -> Factory:
        return partial(open_ledger, None, tmp_path, project="mine")


class TestPostgresql(JournalContract):
    @pytest.fixture
    def factory(self, cluster: Cluster, tmp_path: Path) -> Factory:
        return partial(open_ledger, cluster.url, tmp_path, project=str(uuid4()))
