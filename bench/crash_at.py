"""Run `qml` and kill the process (SIGKILL) right before or after its N-th step towards a vendor.

    python bench/crash_at.py N before|after -- train --backend ionq.forte-1 ...

Steps are: a write of the journal, a request on the wire (with the kill `after` it falls between the
request and its answer), a question to the vendor, a result that is stored. With N = 0 nothing is
killed and the number of steps is written to the file that CRASH_COUNT names.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

N, SIDE = int(sys.argv[1]), sys.argv[2]
steps = 0


def killing(original: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a step, so that the process dies at the chosen one."""

    def step(*args: Any, **options: Any) -> Any:
        global steps  # noqa: PLW0603 - one counter for the whole process
        steps += 1
        mine = steps
        if mine == N and SIDE == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        answer = original(*args, **options)
        if mine == N and SIDE == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    return step


def wrap(owner: Any, *names: str) -> None:
    """Wrap methods of a class."""
    for name in names:
        setattr(owner, name, killing(getattr(owner, name)))


def main() -> None:
    """Wrap every step and run the command line."""
    from urllib3.connection import HTTPConnection

    from qml.backends.ionq.backend import Ionq
    from qml.cli.main import main as qml
    from qml.ledger import Ledger
    from qml.records.results import ResultFiles

    wrap(Ledger, "intend", "move")
    wrap(Ionq, "submit", "find", "poll", "fetch", "billed")
    wrap(HTTPConnection, "request", "getresponse")
    wrap(ResultFiles, "put")
    sys.argv = ["qml", *sys.argv[4:]]
    try:
        qml()
    finally:
        if counted := os.environ.get("CRASH_COUNT"):
            Path(counted).write_text(str(steps))


main()
