"""Many tasks, in this process or in several that share one loaded model.

The processes are forks: they see the model where it is, so that each costs the memory of its own
activations alone. A fork cannot use the threads that torch had before it, so each has one thread.
"""

import multiprocessing
import os
import signal
import warnings
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import NamedTuple, TypeVar, cast

import torch

from qml.errors import UsageError

_MOST = 4
"""Processes where nobody says how many: each takes some 200 MB of its own."""
_PATIENCE = 0.2
"""Longest time until a request to stop is seen (s)."""

T = TypeVar("T")
R = TypeVar("R")


class _Worker(NamedTuple):
    process: BaseProcess
    line: Connection


def processes_of(wanted: int | None) -> int:
    """Return how many processes measure: as many as asked for, else the usable cores, at most 4.

    On two cores, two processes of one thread each need half of the processor time of one process
    with two threads, whose threads wait for each other at every small product.
    """
    return wanted or min(_MOST, len(os.sched_getaffinity(0)))


def carry_out(
    tasks: Sequence[T], work: Callable[[T], R], *, processes: int, stop: Callable[[], bool]
) -> Generator[tuple[int, R], None, None]:
    """Yield the place and the result of each task as it is done; ends early where it must stop.

    Close the generator to end the processes.

    Args:
        tasks: In the order in which they are begun.
        work: Makes a result of a task; runs in a fork where there are several processes.
        processes: At least 1; one works here, with all of torch's threads.
        stop: Whether somebody asked to stop.

    Raises:
        UsageError: A process died, e.g. for want of memory.
        Exception: What `work` raises.
    """
    count = min(processes, len(tasks))
    if count > 1:
        yield from _forked(tasks, work, count, stop)
        return
    for place, task in enumerate(tasks):
        if stop():
            return
        yield place, work(task)


def _forked(
    tasks: Sequence[T], work: Callable[[T], R], count: int, stop: Callable[[], bool]
) -> Generator[tuple[int, R], None, None]:
    workers: list[_Worker] = []
    try:
        for _ in range(count):
            workers.append(_fork(tasks, work, [worker.line for worker in workers]))
        yield from _dispatch(workers, len(tasks), stop)
    finally:
        for process, line in workers:
            line.close()
            process.kill()  # it holds nothing but its own memory
            process.join()
            process.close()


def _dispatch(
    workers: Sequence[_Worker], tasks: int, stop: Callable[[], bool]
) -> Generator[tuple[int, R], None, None]:
    """Hand out tasks in order, one at a time to each worker, and yield what comes back."""
    lines = {worker.line: worker.process for worker in workers}
    waiting = iter(range(tasks))
    for line, place in zip(lines, waiting, strict=False):
        line.send(place)
    done = 0
    while done < tasks:
        ready = cast("list[Connection]", wait(list(lines), timeout=_PATIENCE))
        if stop():
            return
        for line in ready:
            found: tuple[int, R] = _receive(line, lines[line])
            following = next(waiting, None)
            if following is not None:
                line.send(following)
            done += 1
            yield found


def _receive(line: Connection, process: BaseProcess) -> tuple[int, R]:
    try:
        found: tuple[int, R | Exception] = line.recv()
    except EOFError:
        process.join(_PATIENCE)
        raise UsageError(
            f"a process that measures sensitivities died (exit code {process.exitcode})",
            hint="memory may be short: try --parallel 1; what was measured is in the cache",
        ) from None
    place, result = found
    if isinstance(result, Exception):
        raise result
    return place, result


def _fork(tasks: Sequence[T], work: Callable[[T], R], elder: Sequence[Connection]) -> _Worker:
    context = multiprocessing.get_context("fork")
    mine, theirs = context.Pipe()
    process = context.Process(
        target=_serve, args=(theirs, [*elder, mine], tasks, work), daemon=True
    )
    with warnings.catch_warnings():
        # Python and JAX warn that a fork has none of the parent's threads: it uses none of them
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", RuntimeWarning)
        process.start()
    theirs.close()
    return _Worker(process, mine)


def _serve(
    line: Connection, parents: Sequence[Connection], tasks: Sequence[T], work: Callable[[T], R]
) -> None:
    """Work until the parent hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and ends all
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in parents:
        other.close()  # else a sibling would not hear that the parent died
    torch.set_num_threads(1)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            place = line.recv()
            line.send((place, _tried(work, tasks[place])))


def _tried(work: Callable[[T], R], task: T) -> R | Exception:
    try:
        return work(task)
    except Exception as error:  # noqa: BLE001 - the parent raises it
        return error
