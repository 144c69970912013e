"""Downloads from a server on this machine's loopback, honest and otherwise."""

import hashlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from qml.data.download import cache_folder, download
from qml.errors import DataError, ProviderError
from qml.ports import Silence

FILES = {"a.gz": b"first" * 50_000, "b.gz": b"second" * 10}
DIGESTS = {name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()}


class Server:
    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answer = FILES.get
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.rpartition("/")[2]
                outer.asked.append(name)
                content = outer.answer(name)
                self.send_response(200 if content is not None else 404)
                self.send_header("Content-Length", str(len(FILES.get(name, b""))))
                self.end_headers()
                self.wfile.write(content or b"")

            def log_message(self, *arguments: object) -> None:
                """Keep the test's output clean."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = False  # so that closing it waits for every connection
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}/set/"


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.http.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.http.shutdown()
    thread.join()
    server.http.server_close()


class Watch(Silence):
    """Remembers what the bars showed."""

    def __init__(self) -> None:
        self.totals: list[int | None] = []
        self.steps = 0

    @contextmanager
    def bar(self, title: str, total: int | None) -> Iterator["Watch"]:
        self.totals.append(total)
        yield self

    def advance(self, steps: int = 1, **facts: str) -> None:
        self.steps += steps


def fetch(folder: Path, url: str, progress=None) -> None:
    download(folder, DIGESTS, base_url=url, title="Things", progress=progress or Silence())


def test_fetched_once_with_a_bar(server, tmp_path):
    watch = Watch()
    fetch(tmp_path / "new", server.url, watch)
    fetch(tmp_path / "new", server.url)
    for name, content in FILES.items():
        assert (tmp_path / "new" / name).read_bytes() == content
    assert server.asked == list(FILES)
    assert watch.totals == [250_000, 60]
    assert watch.steps == 250_060


def test_a_half_file_is_fetched_again(server, tmp_path):
    (tmp_path / "a.gz").write_bytes(FILES["a.gz"][:100])
    (tmp_path / "b.gz").write_bytes(FILES["b.gz"])
    fetch(tmp_path, server.url)
    assert server.asked == ["a.gz"]
    assert (tmp_path / "a.gz").read_bytes() == FILES["a.gz"]


@pytest.mark.parametrize(
    "answer",
    [lambda name: b"x" * len(FILES[name]), lambda name: FILES[name][:-1]],
    ids=["wrong", "torn"],
)
def test_wrong_or_torn_content_is_never_kept(server, tmp_path, answer):
    server.answer = answer
    with pytest.raises(ProviderError, match=r"is not the published file: SHA-256") as caught:
        fetch(tmp_path, server.url)
    assert "`data.dir`" in str(caught.value.hint)
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_the_server_says_no(server, tmp_path):
    server.answer = {}.get
    with pytest.raises(ProviderError, match=r"Things cannot be downloaded from .*404") as caught:
        fetch(tmp_path, server.url)
    assert "name their folder in `data.dir`" in str(caught.value.hint)


def test_no_network(tmp_path):
    with pytest.raises(ProviderError, match=r"cannot be downloaded"):
        fetch(tmp_path, "http://127.0.0.1:9/set/")


def test_folder_that_cannot_be_written(server, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DataError, match=r"Things cannot be stored in") as caught:
        fetch(tmp_path / "file" / "cache", server.url)
    assert "`data.dir`" in str(caught.value.hint)
    assert server.asked == []


def test_at_once_from_many_sides(server, tmp_path):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: fetch(tmp_path, server.url), range(4)))
    assert sorted(server.asked) == ["a.gz", "b.gz"]


def test_only_the_web(tmp_path):
    with pytest.raises(DataError, match=r"is not a web address"):
        fetch(tmp_path, "file:///etc/")


def test_cache_folder_follows_the_environment():
    assert cache_folder("set", {"XDG_CACHE_HOME": "/c"}) == Path("/c/qml/set")
    assert cache_folder("set", {"HOME": "/home/a"}) == Path("/home/a/.cache/qml/set")
