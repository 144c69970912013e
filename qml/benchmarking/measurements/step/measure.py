"""One cell: a peer beside the engine, checked first, then timed in turns."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qml.benchmarking.measurements.base import Measured, Surroundings
from qml.benchmarking.measurements.step.agreement import Errors, errors
from qml.benchmarking.measurements.step.client import PeerError, Time, Worker
from qml.benchmarking.measurements.step.interpreters import advice, interpreter
from qml.benchmarking.measurements.step.options import StepOptions, read
from qml.benchmarking.measurements.step.rounds import in_turns, interval, processor_ratio, ratios

ENGINE = "qml"
TIMINGS = (
    "ratio",
    "ratio_low",
    "ratio_high",
    "seconds",
    "engine_seconds",
    "processor_seconds",
    "processor_ratio",
    "first_seconds",
    "engine_first_seconds",
)


def check(options: Mapping[str, Any]) -> None:
    """Refuse options that cannot be used.

    Raises:
        ConfigError: One is unknown, missing or out of range.
    """
    read(options)


def measure(options: Mapping[str, Any], around: Surroundings) -> Measured:
    """Measure one training step of a peer and of the engine.

    Raises:
        PeerError: The engine itself cannot be measured.
    """
    asked = read(options)
    case = asked.case(around.seed)
    with (
        around.progress.bar(f"{asked.peer} {case.title}", None),
        _worker(ENGINE, asked, around, "engine.log", exact=True) as engine,
    ):
        exact = engine.opened["exact"]
        own = errors(engine.opened, exact)
        if not own.within(asked.tolerance):
            raise PeerError(_wrong(ENGINE, own, asked))
        try:
            with _worker(asked.peer, asked, around, "peer.log") as peer:
                return _beside(engine, peer, errors(peer.opened, exact), asked, around)
        except PeerError as error:
            return Measured(skipped=_why(asked.peer, error))


def _worker(
    name: str, asked: StepOptions, around: Surroundings, log: str, *, exact: bool = False
) -> Worker:
    return Worker(
        name,
        asked.case(around.seed),
        python=interpreter(name, around.environ, asked.python),
        log=Path(around.folder) / log,
        environ=around.environ,
        cores=around.config.backend.threads,
        exact=exact,
        opening=asked.opening,
        patience=asked.patience,
    )


def _beside(
    engine: Worker, peer: Worker, wrong: Errors, asked: StepOptions, around: Surroundings
) -> Measured:
    if not wrong.within(asked.tolerance):
        raise PeerError(_wrong(peer.name, wrong, asked))
    times = in_turns(
        {"engine": engine.run, "peer": peer.run},
        rounds=asked.rounds,
        seconds=asked.seconds,
        stop=around.stop,
    )
    return _measured(engine, peer, times, wrong, around.seed)


def _measured(
    engine: Worker, peer: Worker, times: dict[str, list[Time]], wrong: Errors, seed: int
) -> Measured:
    ratio = ratios(times["peer"], times["engine"])
    over = interval(ratio, seed)
    seconds = {name: [t.wall for t in taken] for name, taken in times.items()}
    return Measured(
        metrics={
            "ratio": over.middle,
            "ratio_low": over.low,
            "ratio_high": over.high,
            "seconds": interval(seconds["peer"]).middle,
            "engine_seconds": interval(seconds["engine"]).middle,
            "processor_seconds": interval([t.processor for t in times["peer"]]).middle,
            "processor_ratio": processor_ratio(times["peer"], times["engine"]),
            "first_seconds": peer.opened["seconds"],
            "engine_first_seconds": engine.opened["seconds"],
            "loss_error": wrong.loss,
            "gradient_error": wrong.gradient,
        },
        samples={"seconds": seconds["peer"], "engine": seconds["engine"], "ratio": ratio},
        facts={
            "peer": peer.opened["facts"],
            "engine": engine.opened["facts"],
            "rounds": len(ratio),
        },
        timings=TIMINGS,
    )


def _wrong(name: str, found: Errors, asked: StepOptions) -> str:
    return (
        f"{name} is wrong: its loss by {found.loss:.1e}, its gradient by {found.gradient:.1e} "
        f"of the largest, more than {asked.tolerance:g}"
    )


def _why(peer: str, error: PeerError) -> str:
    absent = "No module named" in error.message
    return f"{error.message}; {advice(peer)}" if absent else error.message
