"""What a benchmark costs beside its cells: run folders, records, the cache, the loop, memory.

    python bench/bench_overhead.py [--cells 1000] [--parallel 2]

Cells are measurements that measure nothing, so that all processor time is the benchmark's own; that
of worker processes is counted, their start with it. The columns of memory are the growth of the
process that queues the cells, from the 100th cell to the last one. The script fails where a cell
takes more than 50 ms of processor time, or where memory grows by more than 10 kB a cell.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench_cells import NAME, register

from qml.config import load
from qml.ports import Silence, SystemClock
from qml.session import World
from qml.tasks import bench

MOST_MS, MOST_KB = 50.0, 10.0
EARLY = 100
TOML = '[tracking]\nname = "none"\n'


class Watch(Silence):
    """Notes the memory of this process whenever a cell ends."""

    def __init__(self) -> None:
        self.resident: list[float] = []

    @contextmanager
    def bar(self, title: str, total: int | None) -> Iterator[Any]:
        """Be the bar of the cells; the others show nothing."""
        with super().bar(title, total) as silent:
            yield self if title.startswith("suite") else silent

    def advance(self, steps: int = 1, **facts: str) -> None:
        """Note the memory."""
        del steps, facts
        self.resident.append(resident())


def resident() -> float:
    """Return the resident memory of this process in kB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024


def processor() -> float:
    """Return the processor time of this process and of its children that ended, in seconds."""
    return sum(os.times()[:4])


def run(root: Path, cells: int, parallel: int) -> tuple[float, float, float, str]:
    """Run a benchmark; return ms of processor and wall time a cell, kB a cell, and the states."""
    pairs = [
        f"bench.suite='{NAME}'",
        f"bench.data=['{cells}']",
        f"bench.parallel={parallel}",
        "bench.seeds=1",
    ]
    loaded = load(root, environ={}, pairs=pairs)
    watch = Watch()
    world = World(environ=dict(os.environ), progress=watch, clock=SystemClock())
    folder = bench.begin(loaded, name=None, world=world)
    spent, began = processor(), time.monotonic()
    outcome = bench.run(folder, loaded.config, root, world)
    spent, wall = processor() - spent, time.monotonic() - began
    states = ", ".join(f"{n} {state}" for state, n in outcome.metrics.items() if state != "cells")
    early = watch.resident[min(EARLY, cells) - 1]
    grown = (watch.resident[-1] - early) / max(1, cells - EARLY)
    return 1000 * spent / cells, 1000 * wall / cells, grown, states


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=1000)
    parser.add_argument("--parallel", type=int, default=2)
    options = parser.parse_args()
    late = False
    with tempfile.TemporaryDirectory() as site:
        register(Path(site))
        sys.path.insert(0, site)
        print(f"{options.cells} cells, milliseconds and kB a cell")
        print(f"{'cells':24} {'processor':>10} {'wall':>8} {'memory':>8}  states")
        for parallel in (1, options.parallel):
            with tempfile.TemporaryDirectory() as folder:
                root = Path(folder)
                (root / "qml.toml").write_text(TOML)
                for what in ("run", "from the cache"):
                    ms, wall, grown, states = run(root, options.cells, parallel)
                    late |= ms > MOST_MS or grown > MOST_KB
                    title = f"{what}, {parallel} at a time"
                    print(f"{title:24} {ms:10.1f} {wall:8.1f} {grown:8.2f}  {states}", flush=True)
    print(f"at most {MOST_MS:.0f} ms and {MOST_KB:.0f} kB: {'no' if late else 'yes'}")
    return int(late)


if __name__ == "__main__":
    sys.exit(main())
