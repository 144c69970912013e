"""HTTP on the loopback: one thread for each connection, and a clean end."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from qml.emulators.ionq import limits
from qml.emulators.ionq.answers import Answer, ApiError, error_body
from qml.emulators.ionq.calls import Call
from qml.emulators.ionq.front import Front
from qml.errors import UsageError

LOOPBACK = "127.0.0.1"
_GRACE = 5.0
"""How long answers that are being made may take when the server stops (seconds)."""


class HttpServer(ThreadingHTTPServer):
    """A server on 127.0.0.1 alone.

    Args:
        front: What answers.
        port: Port to listen on; 0 takes a free one.

    Raises:
        UsageError: The port is taken.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, front: Front, port: int) -> None:
        self.front = front
        self.stopping = threading.Event()
        self._open: set[socket.socket] = set()
        self._changed = threading.Condition()
        try:
            super().__init__((LOOPBACK, port), _Handler)
        except (OSError, OverflowError) as error:
            raise UsageError(
                f"port {port} cannot be listened on: {error}",
                hint="name another one with --port, or --port 0 for a free one",
            ) from error

    def server_bind(self) -> None:
        """Bind without asking a name server what 127.0.0.1 is called."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = LOOPBACK, int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember a connection, and hand it to a thread of its own."""
        with self._changed:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Close a connection and forget it."""
        super().shutdown_request(request)
        with self._changed:
            self._open.discard(request)
            self._changed.notify_all()

    def stop(self) -> None:
        """Stop listening and close what is open; call it from another thread than the server's."""
        self.stopping.set()
        self.shutdown()
        self.server_close()
        with self._changed:
            for connection in self._open:
                hang_up(connection)
            self._changed.wait_for(lambda: not self._open, timeout=_GRACE)


def hang_up(connection: socket.socket) -> None:
    """Close a connection in both directions, whatever is on it."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other side was faster


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: HttpServer

    def finish(self) -> None:
        try:
            super().finish()
        except OSError:
            return  # nobody listens any more

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True  # the client has gone

    def answer(self) -> None:
        """Answer one request."""
        try:
            content = self._content()
        except ApiError as error:
            self.close_connection = True  # the rest of the body is not read
            self._send(error.answer)
            return
        target = urlsplit(self.path)
        call = Call(
            method=self.command,
            path=unquote(target.path),
            query=parse_qs(target.query, keep_blank_values=True),
            content=content,
        )
        try:
            answer = self.server.front.answer(call, self.headers.get("Authorization"))
        except Exception:
            self.close_connection = True
            self._send(Answer(status=500, body=error_body(500, "A bug of the emulator.")))
            raise
        if answer.delay:
            self.server.stopping.wait(answer.delay)
        if answer.drop:
            self.close_connection = True
            hang_up(self.connection)
            return
        self._send(answer)

    do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 - names that http.server calls

    def _content(self) -> bytes:
        length = self.headers.get("Content-Length") or "0"
        if not length.isdigit() or "Transfer-Encoding" in self.headers:
            raise ApiError(411, "Send a Content-Length.")
        if int(length) > limits.BODY_BYTES:
            raise ApiError(413, "The request body may not exceed 10MB.")
        return self.rfile.read(int(length))

    def _send(self, answer: Answer) -> None:
        content = answer.content
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: a library never prints."""

    def version_string(self) -> str:
        return "qml-emulator"
