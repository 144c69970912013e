"""The process of one peer: a case in, its gradient out; then steps in, seconds out; JSON lines.

Run as a script by `client.py`, maybe with another interpreter, which need not have this project:
then only this folder is made importable, under its full name.
"""

import importlib
import json
import os
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType
from typing import Any

HOME = "qml.benchmarking.measurements.step"


def mount() -> None:
    """Make this folder importable without the packages above it."""
    parts = HOME.split(".")
    for last in range(1, len(parts) + 1):
        module = ModuleType(".".join(parts[:last]))
        module.__path__ = [str(Path(__file__).resolve().parents[len(parts) - last])]
        sys.modules[module.__name__] = module


def versions(packages: tuple[str, ...]) -> dict[str, str]:
    """Return the versions of those distributions that are there."""
    found = {}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def limit(cores: int | None) -> None:
    """Keep this process to so many cores, before any library counts them."""
    if cores is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])


def opened(order: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Prepare the peer and answer what it found at the start."""
    begin = time.perf_counter()
    module = importlib.import_module(f"{HOME}.peers.{order['peer']}")
    imported = time.perf_counter()
    exact = module.exact(order["case"]) if order["exact"] else None
    started = time.perf_counter()
    peer = module.prepare(order["case"])
    loss, gradients = peer.gradient()
    return peer, {
        "loss": loss,
        "gradients": [_flat(g) for g in gradients],
        "exact": None if exact is None else {"loss": exact[0], "gradients": _all(exact[1])},
        "facts": {**peer.facts, **versions(module.PACKAGES)},
        "import_seconds": imported - begin,
        "seconds": time.perf_counter() - started,
    }


def _all(gradients: Any) -> list[list[float]]:
    return [_flat(g) for g in gradients]


def _flat(gradient: Any) -> list[float]:
    import numpy as np

    return [float(v) for v in np.asarray(gradient).ravel()]


def serve() -> None:
    """Answer one client until it closes the pipe."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # libraries may print; the pipe is for answers alone

    def answer(value: Any) -> None:
        print(json.dumps(value), file=answers, flush=True)

    order = json.loads(sys.stdin.readline())
    limit(order["cores"])
    if order["peer"] != "qml":
        mount()
    try:
        peer, found = opened(order)
    except ImportError as error:
        return answer({"missing": f"{error}"})
    except Exception as error:  # noqa: BLE001 - another's library may fail in any way; it is named
        return answer({"failed": f"{type(error).__name__}: {error}"})
    answer(found)
    for line in sys.stdin:
        begin, processor = time.perf_counter(), time.process_time()
        peer.train(int(line))
        answer([time.perf_counter() - begin, time.process_time() - processor])
    return None


if __name__ == "__main__":
    serve()
