"""A fake of an OpenAI-compatible server on the loopback, with the habits that servers differ in.

    with FakeLanguageServer(takes_n=False) as server:
        source = open_source(f"openai:any@{server.base}")

It answers `answer SEED PLACE` and generates nothing.
"""

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, NamedTuple, Self

LOGPROB = -0.25


class Fault(NamedTuple):
    """A reply in place of the usual one.

    Attributes:
        status: HTTP status.
        message: The error's message.
        retry_after: Seconds of the header Retry-After, or None for no header.
    """

    status: int
    message: str
    retry_after: float | None = 0.0


@dataclass
class FakeLanguageServer:
    """A server with habits.

    Attributes:
        takes_n: Whether it takes `n`; refused with 400 otherwise.
        ignores_n: Takes `n`, and answers once all the same.
        takes_logprobs: Whether it takes `logprobs`; refused with 400 otherwise.
        likeliest: Most of the likeliest tokens that it lists; more are refused with 400.
        takes_seed: Whether it takes `seed`; refused with 400 otherwise.
        modern: Wants `max_completion_tokens` in place of `max_tokens`.
        lists: Whether it has a list of models; 404 otherwise.
        key: The key it wants, or None.
        delay: Seconds before every answer.
        raw: Body of every reply in place of an answer, whether JSON or not, or None.
        faults: Replies to the next requests for answers, first one first.
        requests: Bodies of the requests for answers so far.
    """

    takes_n: bool = True
    ignores_n: bool = False
    takes_logprobs: bool = True
    likeliest: int = 20
    takes_seed: bool = True
    modern: bool = False
    lists: bool = True
    key: str | None = None
    delay: float = 0.0
    raw: bytes | None = None
    faults: list[Fault] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.fake = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=10)

    @property
    def base(self) -> str:
        """Base address of the API."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def answer(self, body: dict[str, Any]) -> tuple[int, dict[str, Any], float | None]:
        """Return status, document and Retry-After of the reply to one request."""
        self.requests.append(body)
        time.sleep(self.delay)
        if self.faults:
            fault = self.faults.pop(0)
            return fault.status, _error(fault.message), fault.retry_after
        refusal = self._refusal(body)
        if refusal:
            return 400, _error(refusal), None
        return 200, self._reply(body), None

    def _refusal(self, body: dict[str, Any]) -> str | None:
        length = "max_tokens" if self.modern else "max_completion_tokens"
        refused = {
            "'n' must be 1": not self.takes_n and body.get("n", 1) > 1,
            "logprobs are not supported": not self.takes_logprobs and "logprobs" in body,
            "top_logprobs is too large": body.get("top_logprobs", 0) > self.likeliest,
            "unknown parameter: seed": not self.takes_seed and "seed" in body,
            f"unsupported parameter: '{length}'": length in body,
        }
        return next((message for message, holds in refused.items() if holds), None)

    def _reply(self, body: dict[str, Any]) -> dict[str, Any]:
        count = 1 if self.ignores_n else body.get("n", 1)
        return {
            "id": "fake",
            "object": "chat.completion",
            "created": 0,
            "model": f"fake-{body['model']}",
            "choices": [_choice(body, place) for place in range(count)],
            "usage": {
                "prompt_tokens": 7,
                "completion_tokens": 3 * count,
                "total_tokens": 7 + 3 * count,
            },
        }


def _choice(body: dict[str, Any], place: int) -> dict[str, Any]:
    words = ["answer", f" {body.get('seed')}", f" {place}"]
    choice: dict[str, Any] = {
        "index": place,
        "finish_reason": "stop",
        "message": {"role": "assistant", "content": "".join(words)},
    }
    if body.get("logprobs"):
        tokens = [_token(word, body.get("top_logprobs", 0)) for word in words]
        choice["logprobs"] = {"content": tokens}
    return choice


def _token(word: str, likely: int) -> dict[str, Any]:
    others = [{"token": f"{word}{i}", "logprob": LOGPROB - i, "bytes": None} for i in range(likely)]
    return {"token": word, "logprob": LOGPROB, "bytes": None, "top_logprobs": others}


def _error(message: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": "fake", "param": None, "code": None}}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    fake: FakeLanguageServer


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        if self._denied():
            return
        if not (self.server.fake.lists and self.path == "/v1/models"):
            self._send(404, _error("no such page"))
            return
        model = {"id": "fake", "object": "model", "created": 0, "owned_by": "nobody"}
        self._send(200, {"object": "list", "data": [model]})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self._denied():
            self._send(*self.server.fake.answer(body))

    def _denied(self) -> bool:
        key = self.server.fake.key
        sent = (self.headers["Authorization"] or "").removeprefix("Bearer ")
        if key is None or sent == key:
            return False
        self._send(401, _error(f"wrong key {sent}"))
        return True

    def _send(self, status: int, document: Any, retry_after: float | None = None) -> None:
        data = json.dumps(document).encode()
        if self.command == "POST" and self.server.fake.raw is not None:
            data = self.server.fake.raw
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        if retry_after is not None:
            self.send_header("Retry-After", str(retry_after))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        del format, args
