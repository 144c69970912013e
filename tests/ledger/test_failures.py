"""What cannot be written is refused before anything is sent, and nothing is half written."""

import builtins
import os
import resource
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from ledger.cluster import Cluster
from sqlalchemy.exc import SQLAlchemyError

from qml.errors import LedgerError, MissingExtraError
from qml.execution.submission.draft import State
from qml.ledger import Caps, Ledger, open_ledger, sqlite
from qml.ledger.database import Database
from qml.ledger.place import place_of
from qml.testing.journal_contract import FakeClock, draft

FILE = Path(".qml") / "ledger.db"
SECRET = "hunter2-of-the-team"


def opened(root: Path, url: str | None = None, project: str = "mine") -> Ledger:
    return open_ledger(url, root, project=project, caps=Caps(), clock=FakeClock())


@contextmanager
def full_disk(folder: Path) -> Iterator[None]:
    """No file of this process grows beyond the log as it is now."""
    size = (folder / ".qml" / "ledger.db-wal").stat().st_size
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def test_a_full_disk(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        kept = draft("5")
        ledger.intend([kept])
        with full_disk(tmp_path):
            with pytest.raises(LedgerError, match="cannot be written") as caught:
                ledger.intend([draft("1") for _ in range(200)])
            with pytest.raises(LedgerError, match="cannot be written"):
                ledger.move(kept.key, State.SENDING)
            assert [e.state for e in ledger.entries()] == [State.INTENDED]
        assert "nothing more is sent" in str(caught.value.hint)
        assert ledger.balance("project").reserved == 5
        assert ledger.move(kept.key, State.SENDING).state is State.SENDING
        assert ledger.audit() == []
    with opened(tmp_path) as ledger:
        assert [e.state for e in ledger.entries()] == [State.SENDING]


@contextmanager
def nobody(folder: Path) -> Iterator[None]:
    """Give up the rights to write, which takes another user where this one is root."""
    for path in [*folder.rglob("*"), folder]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    user = os.geteuid()
    os.seteuid(65534 if user == 0 else user)
    try:
        yield
    finally:
        os.seteuid(user)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that every user may enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_folder_that_is_read_only(public: Path) -> None:
    with (
        nobody(public),
        pytest.raises(LedgerError, match="cannot be made: Permission denied") as caught,
    ):
        opened(public)
    assert "writable" in str(caught.value.hint)


def test_a_file_that_is_read_only(public: Path) -> None:
    with opened(public) as ledger:
        ledger.intend([draft("5")])
    with nobody(public), pytest.raises(LedgerError, match="cannot be"), opened(public) as ledger:
        ledger.intend([draft("5")])


def test_a_file_that_is_no_ledger(tmp_path: Path) -> None:
    (tmp_path / ".qml").mkdir()
    (tmp_path / FILE).write_bytes(b"no database" * 1000)
    with pytest.raises(LedgerError, match="not a database"):
        opened(tmp_path)


def test_a_lock_that_is_never_freed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path):
        pass
    monkeypatch.setattr(sqlite, "PATIENCE", 0.1)
    holder = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with opened(tmp_path) as ledger:
        assert ledger.entries() == []  # readers are not held up
        with pytest.raises(LedgerError, match="database is locked"):
            ledger.intend([draft("5")])
        holder.execute("ROLLBACK")
        ledger.intend([draft("5")])
    holder.close()


def test_the_log_is_flushed_in_every_commit(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger, ledger._database.read() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_project_that_is_renamed_keeps_its_money(tmp_path: Path) -> None:
    with opened(tmp_path, project="old") as ledger:
        ledger.intend([draft("5")])
    with opened(tmp_path, project="new") as ledger:
        assert [(r.name, r.reserved) for r in ledger.costs("project")] == [("new", 5)]


def test_a_shared_file_by_url(tmp_path: Path) -> None:
    url = "sqlite:///shared.db"
    with opened(tmp_path, url, "a") as a, opened(tmp_path, url, "b") as b:
        a.intend([draft("5")])
        assert b.entries() == []
    assert (tmp_path / "shared.db").exists()


URLS = [
    f"postgresql://me:{SECRET}@/qml?host=/nowhere",
    f"postgresql://me@127.0.0.1:1/qml?password={SECRET}",
    f"postgresql://me:{SECRET}@127.0.0.1:notaport/qml",
    f"mysql://me:{SECRET}@host/qml",
    f"me:{SECRET}@host",
    f"postgresql://me@127.0.0.1:1/qml?sslpassword={SECRET}&bad={SECRET}",
]


@pytest.mark.parametrize("url", URLS)
def test_passwords_are_never_shown(tmp_path: Path, url: str) -> None:
    with pytest.raises(LedgerError) as caught:
        opened(tmp_path, url)
    error: BaseException | None = caught.value
    shown = [repr(caught.value.hint), repr(caught.value.details)]
    while error is not None:
        shown.append(repr(error))
        error = error.__cause__ if error.__suppress_context__ else error.__context__
    assert SECRET not in " ".join(shown)


def test_a_name_without_password(cluster: Cluster, tmp_path: Path) -> None:
    with opened(tmp_path, cluster.url.replace("postgres@", f"postgres:{SECRET}@")) as ledger:
        assert ledger.place == "postgresql:///postgres"
        assert SECRET not in repr(ledger) + repr(ledger._database.place) + repr(vars(ledger))


def test_a_driver_that_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args, **kwargs):
        if name == "psycopg":
            raise ModuleNotFoundError("No module named 'psycopg'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError) as caught:
        opened(tmp_path, "postgresql://host/qml")
    assert caught.value.extra == "postgres"


def write_while_it_drops(ledger: Ledger, cluster: Cluster) -> None:
    with ledger._database.write() as connection:
        connection.exec_driver_sql("DELETE FROM qml_intents")
        cluster.drop_connections()
        connection.exec_driver_sql("DELETE FROM qml_caps")


def test_a_server_that_drops_its_connections(cluster: Cluster, tmp_path: Path) -> None:
    with opened(tmp_path, cluster.new_database()) as ledger:
        wanted = draft("5")
        ledger.intend([wanted])
        cluster.drop_connections()
        ledger.move(wanted.key, State.SENDING)
        with pytest.raises(LedgerError, match="cannot be written"):
            write_while_it_drops(ledger, cluster)
        assert [e.state for e in ledger.entries()] == [State.SENDING]
        assert ledger.audit() == []


def test_a_server_that_does_not_flush_is_told_to(cluster: Cluster, tmp_path: Path) -> None:
    url = cluster.new_database()
    with opened(tmp_path, url) as ledger, ledger._database.write() as connection:
        connection.exec_driver_sql("ALTER ROLE postgres SET synchronous_commit = off")
    with opened(tmp_path, url) as ledger, ledger._database.write() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
        connection.exec_driver_sql("ALTER ROLE postgres RESET synchronous_commit")


@pytest.mark.parametrize("url", [URLS[0], URLS[1], URLS[5]])
def test_a_driver_that_repeats_a_password(tmp_path: Path, url: str) -> None:
    database = Database(place_of(url, tmp_path))
    said = database._reason(SQLAlchemyError(f"password {SECRET} is wrong\nmore"))
    database.close()
    assert said == "password *** is wrong"
