"""`qml emulate ionq`."""

import json as json_module
import os
import signal
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qml.cli.durations import seconds
from qml.report.terminal import Terminal

if TYPE_CHECKING:
    from qml.emulators.ionq import Emulator, Options


def ionq(
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port on 127.0.0.1; 0 takes a free one.")
    ] = 8917,
    noise: Annotated[
        str,
        typer.Option(
            "--noise",
            help="Noise of jobs on `simulator` that name none: ideal, aria-1, aria-2, forte-1, "
            "forte-enterprise-1. Machines have their own.",
        ),
    ] = "ideal",
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="Seed of the sampling and of the faults.")
    ] = 0,
    queue: Annotated[
        float,
        typer.Option(
            "--queue", parser=seconds, metavar="TIME", help="How long a job waits: 2s, 500ms, 1m."
        ),
    ] = "0s",  # type: ignore[assignment]  # typer hands the default to the parser
    fault: Annotated[
        list[str] | None,
        typer.Option(
            "--fault",
            metavar="NAME:PROBABILITY|NAME@N",
            help="Inject a fault (names above), by chance or into the N-th request. Repeatable.",
        ),
    ] = None,
    slow: Annotated[
        float,
        typer.Option(
            "--slow",
            parser=seconds,
            metavar="TIME",
            help="Length of slow answers and delayed listings.",
        ),
    ] = "3s",  # type: ignore[assignment]  # typer hands the default to the parser
    state: Annotated[
        Path | None, typer.Option("--state", help="File that survives a restart and a kill.")
    ] = None,
    minimum: Annotated[
        Literal["per-circuit", "per-job"],
        typer.Option("--minimum", help="What the least price of a multi-circuit job holds for."),
    ] = "per-circuit",
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse what the published schema does not have.")
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print one line of JSON when it listens.")
    ] = False,
) -> None:
    """Serve IonQ's API v0.4 on 127.0.0.1 until Ctrl-C, with a real simulator behind it.

    Faults of POST /jobs, counted from 1:

    500-before-accept, 502-before-accept, 503-before-accept, 504-before-accept, 520-before-accept,
    522-before-accept, 524-before-accept, drop-before-accept, 429, 401, 409: no job is made.

    500-after-accept, 502-after-accept, 503-after-accept, 504-after-accept, 520-after-accept,
    522-after-accept, 524-after-accept, drop-after-accept, slow-response, wrong-json: a job is made.

    job-failed, quota-exhausted, job-canceled, slow-queue, endless-queue, lost-listing: the job.

    Faults of GET, counted apart: get-401, get-409, get-429, get-500, get-502, get-503, get-504,
    get-520, get-522, get-524, get-drop, get-slow, get-wrong-json.
    """
    from qml.emulators.ionq import Fault, Options, checked_noise

    options = Options(
        noise=checked_noise(noise),
        seed=seed,
        queue=queue,
        faults=tuple(Fault.parse(text) for text in fault or ()),
        slow=slow,
        state=state,
        minimum=minimum,
        strict=strict,
    )
    _serve(options, port, Terminal(json=json))


def _serve(options: "Options", port: int, terminal: Terminal) -> None:
    from qml.emulators.ionq import Emulator

    ended: SimpleQueue[None] = SimpleQueue()  # unlike an Event, a signal may strike inside it
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.put(None))
    emulator = Emulator(options, port=port)
    try:
        _announce(emulator, terminal)
        emulator.warm()
        ended.get()
    finally:
        last = emulator.stop()
    terminal.say(
        f"served {last['posts']} submissions: {last['jobs']} jobs, billed {last['billed']} USD, "
        f"reserved {last['reserved']} USD"
    )


def _announce(emulator: "Emulator", terminal: Terminal) -> None:
    if terminal.json:
        ready = {
            "schema": "qml.emulator/1",
            "url": emulator.url,
            "port": emulator.port,
            "pid": os.getpid(),
        }
        terminal.print_text(json_module.dumps(ready))
        return
    terminal.print_text(f"export IONQ_API_URL={emulator.url}\nexport IONQ_API_KEY=emulated")
    terminal.say("listening; any key is accepted, nothing is charged. Ctrl-C ends it")
