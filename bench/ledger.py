"""Intents per second on SQLite with full sync, beside the disk's own rate of flushes.

    python bench/ledger.py [--folder DIR] [--rounds 5] [--count 300]

One intent a transaction, and groups of them; medians of interleaved rounds. Bar: 500 intents/s for
single ones or, where the disk is slower, 80 % of its flushes per second. Flushes per transaction
are counted with strace where it is installed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from statistics import median
from uuid import uuid4

from qml.execution.submission.draft import Draft, Estimate, State
from qml.ledger import Caps, Ledger, open_ledger
from qml.ports import SystemClock

BAR = 500
PAGE = 4096
GROUP = 32
CAPS = Caps(run=Decimal(10**7), day=Decimal(10**8), month=Decimal(10**8), project=Decimal(10**8))


def draft() -> Draft:
    """Draft a job at the price of one circuit on Forte."""
    key = str(uuid4())
    price = Estimate(low=Decimal("12.42"), expected=Decimal("25.79"), high=Decimal("25.79"))
    sizes = {"circuits": 1, "shots": 100, "one_qubit": 51, "two_qubit": 11}
    return Draft(
        key=key,
        run_id="20261121-1200-bench",
        name="step/0/0/0",
        provider="ionq",
        device="forte-1",
        digest=2 * key.replace("-", ""),
        estimate=price,
        **sizes,
    )


def flushes(folder: Path, count: int) -> float:
    """Write a page and flush it, over and over, within a file that is there, as a log does."""
    path = folder / "flushes"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
    os.write(descriptor, bytes(PAGE * count))
    os.fsync(descriptor)

    def work() -> None:
        for i in range(count):
            os.pwrite(descriptor, b"1" * PAGE, i * PAGE)
            os.fsync(descriptor)

    rate = per_second(count, work)
    os.close(descriptor)
    path.unlink()
    return rate


def per_second(count: int, work: Callable[[], object]) -> float:
    """Time some work that does `count` things."""
    started = time.perf_counter()
    work()
    return count / (time.perf_counter() - started)


def single(ledger: Ledger, count: int) -> float:
    """One intent a transaction."""
    drafts = [draft() for _ in range(count)]
    return per_second(count, lambda: [ledger.intend([d]) for d in drafts])


def grouped(ledger: Ledger, count: int) -> float:
    """Groups of intents, each group one transaction."""
    groups = [[draft() for _ in range(GROUP)] for _ in range(max(1, count // GROUP))]
    return per_second(GROUP * len(groups), lambda: [ledger.intend(group) for group in groups])


def moved(ledger: Ledger, count: int) -> float:
    """Moves, as submission writes them before and after each request."""
    entries = ledger.intend([draft() for _ in range(count)])
    return per_second(count, lambda: [ledger.move(e.key, State.SENDING) for e in entries])


def flushes_per_intent(folder: Path, count: int) -> float | None:
    """Count the flushes of a process that writes single intents; None without strace."""
    if shutil.which("strace") is None:
        return None
    numbers = [_traced(folder, n) for n in (10, 10 + count)]
    return (numbers[1] - numbers[0]) / count


def _traced(folder: Path, count: int) -> int:
    command = ["strace", "-f", "-c", "-e", "trace=fsync,fdatasync", sys.executable, __file__]
    with tempfile.TemporaryDirectory(dir=folder) as place:
        command += ["--folder", place, "--write", str(count)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    calls = [line.split() for line in done.stderr.splitlines()]
    return sum(int(words[3]) for words in calls if words and words[-1] in {"fsync", "fdatasync"})


def main() -> int:
    """Measure and print a table; exit 1 where the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path())
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--write", type=int, help="only write so many single intents")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        with open_ledger(None, folder, project="b", caps=CAPS, clock=SystemClock()) as ledger:
            if options.write:
                single(ledger, options.write)
                return 0
            rates = measure(ledger, folder, options.rounds, options.count)
        counted = flushes_per_intent(folder, 100)
    for what, found in rates.items():
        print(f"{what:28} {median(found):8.0f} /s   ({min(found):.0f} to {max(found):.0f})")
    print(f"{'flushes per single intent':28} {'no strace' if counted is None else counted:>8}")
    bar = min(BAR, 0.8 * median(rates["flushes of the disk"]))
    reached = median(rates["single intents"])
    print(f"bar {bar:.0f} /s: {'reached' if reached >= bar else 'MISSED'}")
    return 0 if reached >= bar else 1


def measure(ledger: Ledger, folder: Path, rounds: int, count: int) -> dict[str, list[float]]:
    """Take turns, so that other load on the machine meets all of them alike."""
    rates: dict[str, list[float]] = {
        "flushes of the disk": [],
        "single intents": [],
        f"intents in groups of {GROUP}": [],
        "moves": [],
    }
    for _ in range(rounds):
        taken = (
            flushes(folder, count),
            single(ledger, count),
            grouped(ledger, count),
            moved(ledger, count),
        )
        for found, rate in zip(rates.values(), taken, strict=True):
            found.append(rate)
    return rates


if __name__ == "__main__":
    sys.exit(main())
