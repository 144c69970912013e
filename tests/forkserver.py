"""Runs `qml` in forks of one process that has imported everything already.

Hundreds of tests run the command line, and most of a short command's time is imports. A fork does
all that a fresh process does but these. Tests of signals, of imports and of start-up use real
processes (`Project.start`).
"""

import array
import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

HEAVY = (
    "jax.numpy",
    "mlflow.tracking",
    "optax",
    "pandas",
    "qml.cli.app",
    "qml.backends.registry",
    "qml.ledger",
    "qml.session",
    "qml.tasks.training",
    "qml.tasks.replay",
    "scipy.stats",
    "sklearn.svm",
    "sqlalchemy",
)
SIZE = 2**20


class ForkServer:
    """One warm process, started when it is first needed, stopped with the tests."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="qml-fork-")
        self._path = str(Path(self._folder.name) / "socket")
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._listener.bind(self._path)
        self._listener.listen(64)
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(self._listener.fileno())],
            pass_fds=[self._listener.fileno()],
            stdin=subprocess.DEVNULL,
        )
        atexit.register(self.close)

    def run(
        self, args: Sequence[str], *, cwd: Path, env: Mapping[str, str], seconds: float
    ) -> tuple[int, str, str]:
        """Return exit code, standard output and standard error."""
        with (
            tempfile.TemporaryFile("w+") as out,
            tempfile.TemporaryFile("w+") as err,
            socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as channel,
        ):
            channel.settimeout(seconds)
            channel.connect(self._path)
            request = json.dumps({"args": list(args), "cwd": str(cwd), "env": dict(env)})
            handles = array.array("i", [out.fileno(), err.fileno()])
            channel.sendmsg(
                [request.encode()], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, handles)]
            )
            code = json.loads(channel.recv(64))
            for stream in (out, err):
                stream.seek(0)
            return code, out.read(), err.read()

    def close(self) -> None:
        self._listener.close()
        self._process.terminate()
        self._process.wait(10)
        self._folder.cleanup()


def serve(listener: socket.socket) -> None:
    """Fork for each request, for ever."""
    import importlib

    for name in HEAVY:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        channel, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            _handle(channel)
        channel.close()


def _handle(channel: socket.socket) -> None:
    """Run one command in a child, and tell its exit code."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    size = array.array("i").itemsize
    message, ancillary, _, _ = channel.recvmsg(SIZE, socket.CMSG_SPACE(2 * size))
    handles = array.array("i")
    handles.frombytes(ancillary[0][2][: 2 * size])
    child = os.fork()
    if child == 0:
        channel.close()
        _become(json.loads(message), handles)
    _, status = os.waitpid(child, 0)
    channel.send(json.dumps(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _become(request: dict, handles: Sequence[int]) -> None:
    """Be the command."""
    os.setsid()
    os.dup2(handles[0], 1)
    os.dup2(handles[1], 2)
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["cwd"])
    sys.argv = ["qml", *request["args"]]
    code = _run()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _run() -> int:
    from qml.cli.main import main

    try:
        main()
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    return 0


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
