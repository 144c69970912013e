"""One cell: a circuit through a compiler; its gates, its time, and whether it is still the same."""

import importlib
import time
import warnings
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from statistics import median
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qml.backends.equivalence import Sameness, compare
from qml.benchmarking.measurements.base import Measured, Surroundings
from qml.benchmarking.measurements.compile.cases import CASES
from qml.benchmarking.measurements.compile.counts import count
from qml.circuits import Circuit
from qml.errors import ConfigError

HOME = "qml.benchmarking.measurements.compile.compilers"
LONG = 1.0
"""Seconds of compilation after which nothing is repeated."""

COMPILERS = {
    "qml": "this project's native compiler",
    "qiskit_ionq": "Qiskit, level 3, the vendor's native target",
    "trapped_ion": "the same with the vendor's TrappedIonOptimizer",
    "cirq_forte": "Cirq, ForteNativeGateset",
}


class CompileOptions(BaseModel):
    """Options of `[measure]` where `kind` is `compile`.

    Attributes:
        compiler: Its file in `compilers`.
        circuit: Name of the circuit.
        repeats: How often it is compiled at most; the median of the times is told.
        tolerance: Largest error of an amplitude.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    compiler: str = Field(pattern=f"^({'|'.join(COMPILERS)})$")
    circuit: str = Field(pattern=f"^({'|'.join(CASES)})$")
    repeats: int = Field(3, ge=1, le=1_000)
    tolerance: float = Field(1e-6, gt=0, lt=1)


def read(options: Mapping[str, Any]) -> CompileOptions:
    """Read the options.

    Raises:
        ConfigError: One is unknown, missing or out of range.
    """
    try:
        return CompileOptions(**options)
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigError(
            f"measure.options.{'.'.join(map(str, first['loc']))}: {first['msg']}",
            hint=f"compilers: {', '.join(COMPILERS)}; circuits: {', '.join(CASES)}",
        ) from error


def check(options: Mapping[str, Any]) -> None:
    """Refuse options that cannot be used.

    Raises:
        ConfigError: One is unknown, missing or out of range.
    """
    read(options)


def measure(options: Mapping[str, Any], around: Surroundings) -> Measured:
    """Compile, check, count."""
    asked = read(options)
    with around.progress.bar(f"{asked.compiler} {asked.circuit}", None):
        try:
            compiler = importlib.import_module(f"{HOME}.{asked.compiler}")
        except ImportError as error:
            return Measured(skipped=f"{asked.compiler} is not installed: {error}")
        return _measured(compiler, asked)


def _measured(compiler: Any, asked: CompileOptions) -> Measured:
    circuit = CASES[asked.circuit]()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="qiskit_ionq")  # it advises against level 3
        compiler.compiled(CASES["rz-chain"]())  # what a library does once is not timed
        found, times = _timed(compiler, circuit, asked.repeats)
    sameness = compare(circuit, found, asked.tolerance)
    if sameness.same is False:
        return Measured(skipped=_wrong(asked, sameness))
    metrics = {**count(found)._asdict(), "seconds": median(times)}
    if sameness.error is not None:
        metrics["error"] = sameness.error
    return Measured(
        metrics=metrics,
        samples={"seconds": times},
        facts={
            "wires": circuit.wires,
            "gates": len(circuit.gates),
            "verified": "not decided" if sameness.same is None else "same",
            "verified_by": sameness.how,
            "versions": {package: _version(package) for package in compiler.PACKAGES},
        },
        timings=("seconds",),
    )


def _timed(compiler: Any, circuit: Circuit, repeats: int) -> tuple[Circuit, list[float]]:
    """Compile once, and again so often unless it takes long; return the processor times."""
    found, times = circuit, list[float]()
    while len(times) < repeats and sum(times) < LONG:
        started = time.process_time()
        found = compiler.compiled(circuit)
        times.append(time.process_time() - started)
    return found, times


def _wrong(asked: CompileOptions, found: Sameness) -> str:
    by = "" if found.error is None else f" by {found.error:.1e} in an amplitude"
    return f"{asked.compiler} is wrong: {asked.circuit} differs from its source{by} ({found.how})"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
