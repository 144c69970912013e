"""A PostgreSQL cluster in a temporary folder, on a unix socket, that ends with the tests."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

import psycopg

SECONDS = 30


def binaries() -> Path | None:
    """Find the folder of `initdb` and `postgres`: Debian keeps it out of the path."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


class Cluster:
    """PostgreSQL refuses to be root: a root hands it to the user `postgres` of the package."""

    def __init__(self, binaries: Path) -> None:
        self._binaries = binaries
        self._user = "postgres" if os.geteuid() == 0 else None

    @property
    def url(self) -> str:
        return self.database("postgres")

    def database(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self._folder}"

    def new_database(self) -> str:
        name = f"d{uuid4().hex}"
        with self._connect() as connection:
            connection.autocommit = True
            connection.execute(f"CREATE DATABASE {name}")
        return self.database(name)

    def drop_connections(self) -> None:
        """End every session but the one that does it, as a restarted server does."""
        with self._connect() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix="pg"))  # a socket's path is 107 bytes at most
        if self._user:
            account = pwd.getpwnam(self._user)
            os.chown(self._folder, account.pw_uid, account.pw_gid)
        data = str(self._folder / "data")
        setup = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        subprocess.run(**self._command("initdb", *setup), check=True, timeout=2 * SECONDS)
        settings = ["listen_addresses=", f"unix_socket_directories={self._folder}", "fsync=off"]
        settings += ["max_connections=64", "shared_buffers=16MB"]
        options = [part for setting in settings for part in ("-c", setting)]
        self._server = subprocess.Popen(**self._command("postgres", "-D", data, *options))
        self._wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.send_signal(signal.SIGINT)  # "fast": ends sessions, then itself
        try:
            self._server.wait(SECONDS)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        shutil.rmtree(self._folder)

    def _command(self, name: str, *args: str) -> dict:
        return {
            "args": [str(self._binaries / name), *args],
            "cwd": self._folder,
            "user": self._user,
            "group": self._user,
            "extra_groups": [] if self._user else None,
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.DEVNULL,
            "stderr": subprocess.DEVNULL,
            "env": {"PATH": os.defpath, "LC_ALL": "C"},
        }

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(self.url)

    def _wait(self) -> None:
        until = time.monotonic() + SECONDS
        while True:
            try:
                self._connect().close()
            except psycopg.OperationalError:
                assert self._server.poll() is None, "PostgreSQL ended by itself"
                assert time.monotonic() < until, "PostgreSQL does not answer"
                time.sleep(0.05)
            else:
                return
