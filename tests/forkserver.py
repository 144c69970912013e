"""Runs `qml` and Python in forks of one process that has imported everything already.

Hundreds of tests run the command line, and most of a short command's time is imports. A fork does
all that a fresh process does but these. Tests of signals, of imports and of start-up use real
processes (`Project.start`).
"""

import array
import atexit
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

HEAVY = (
    "jax.numpy",
    "mlflow.tracking",
    "optax",
    "optuna",
    "pandas",
    "pytest",
    "qml.cli.app",
    "qml.backends.registry",
    "qml.ledger",
    "qml.session",
    "qml.tasks.training",
    "qml.tasks.replay",
    "scipy.optimize",
    "scipy.stats",
    "sklearn.svm",
    "sqlalchemy",
    "dwave.samplers",
)
SIZE = 2**20


class ForkServer:
    """One warm process, started when it is first needed, stopped with the tests.

    Args:
        modules: What it imports; `HEAVY` where nothing is named.
    """

    def __init__(self, *modules: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="qml-fork-")
        self._path = str(Path(self._folder.name) / "socket")
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._listener.bind(self._path)
        self._listener.listen(64)
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(self._listener.fileno()), *(modules or HEAVY)],
            pass_fds=[self._listener.fileno()],
            stdin=subprocess.DEVNULL,
        )
        atexit.register(self.close)

    def run(
        self, command: Sequence[str], *, cwd: Path, env: Mapping[str, str], seconds: float = 240
    ) -> tuple[int, str, str]:
        """Return exit code, standard output and standard error.

        Args:
            command: `qml ...` or `python -c CODE`, `python -m MODULE ...`, `python FILE ...`.
            cwd: Folder to run in.
            env: Its whole environment.
            seconds: Most that it may take.
        """
        with (
            tempfile.TemporaryFile("w+") as out,
            tempfile.TemporaryFile("w+") as err,
            socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as channel,
        ):
            channel.settimeout(seconds)
            channel.connect(self._path)
            request = json.dumps({"command": list(command), "cwd": str(cwd), "env": dict(env)})
            handles = array.array("i", [out.fileno(), err.fileno()])
            channel.sendmsg([request.encode()], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, handles)])
            code = json.loads(channel.recv(64))
            for stream in (out, err):
                stream.seek(0)
            return code, out.read(), err.read()

    def close(self) -> None:
        self._listener.close()
        self._process.terminate()
        self._process.wait(10)
        self._folder.cleanup()


def serve(listener: socket.socket, modules: Sequence[str]) -> None:
    """Fork for each request, for ever."""
    import importlib

    for name in modules:
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
    sys.pycache_prefix = request["env"].get("PYTHONPYCACHEPREFIX")
    sys.dont_write_bytecode = bool(request["env"].get("PYTHONDONTWRITEBYTECODE"))
    sys.path[1:1] = [p for p in request["env"].get("PYTHONPATH", "").split(os.pathsep) if p]
    program, *args = request["command"]
    code = _exit_code(_qml if program == "qml" else _python, args)
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _exit_code(run: Callable[[list[str]], None], args: list[str]) -> int:
    try:
        run(args)
    except SystemExit as error:
        if isinstance(error.code, str):
            sys.stderr.write(f"{error.code}\n")
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:  # noqa: BLE001 - a process would print it and end with 1
        traceback.print_exc()
        return 1
    return 0


def _qml(args: list[str]) -> None:
    from qml.cli.main import main

    sys.argv = ["qml", *args]
    main()


def _python(args: list[str]) -> None:
    sys.path[0] = ""
    if args[0] == "-c":
        sys.argv = ["-c", *args[2:]]
        names = {"__name__": "__main__"}
        exec(compile(args[1], "<string>", "exec"), names)
    elif args[0] == "-m":
        sys.argv = args[1:]
        runpy.run_module(args[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = args
        sys.path[0] = str(Path(args[0]).parent.resolve())
        runpy.run_path(args[0], run_name="__main__")


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])), sys.argv[2:])
