"""Processes that share a ledger, started at once and killed at will; run by test_processes.py.

    python fleet.py URL ROOT PROJECT

URL is `-` for the project's own file. Eight processes race for one budget of PROJECT; then streams
of intents of another project are ended by SIGKILL. What happened is told as JSON.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from qml.errors import BudgetError
from qml.execution.submission.draft import State
from qml.ledger import Caps, Ledger, open_ledger
from qml.ports import SystemClock
from qml.testing.journal_contract import draft

CAP = Decimal(40)
WORKERS = 8
KILLS = 6


def main() -> None:
    url, root, project = sys.argv[1:]

    def opened(name: str, caps: Caps) -> Ledger:
        place = None if url == "-" else url
        folder = Path(root) / name
        return open_ledger(place, folder, project=name, caps=caps, clock=SystemClock())

    capped = Caps(project=CAP)
    found = {
        "race": race(lambda: opened(project, capped)),
        "kill": kill(lambda: opened(f"{project}-killed", Caps())),
    }
    json.dump(found, sys.stdout)


def race(opened: Callable[[], Ledger]) -> dict:
    """Let workers reserve and settle until the budget refuses; look on while they do."""
    workers = [fork(lambda i=i: work(opened, random.Random(i))) for i in range(WORKERS)]
    highest, looks = Decimal(0), 0
    with opened() as ledger:
        while workers:
            balance = ledger.balance("project")
            highest, looks = max(highest, balance.settled + balance.reserved), looks + 1
            time.sleep(0.005)
            for worker in list(workers):
                if os.waitpid(worker, os.WNOHANG) != (0, 0):
                    workers.remove(worker)
        return {
            "highest": str(highest),
            "looks": looks,
            "remaining": str(ledger.balance("project").remaining),
            "jobs": len(ledger.entries()),
            "workers": len({beat.pid for beat in ledger.beats()}),
            "audit": ledger.audit(),
        }


def work(opened: Callable[[], Ledger], chance: random.Random) -> None:
    with opened() as ledger:
        ledger.beat(f"run {os.getpid()}", {})
        refused = 0
        while refused < 3:
            try:
                prices = [f"{chance.uniform(0.2, 2):.2f}" for _ in range(chance.randint(1, 2))]
                entry = ledger.intend([draft(price) for price in prices])[0]
            except BudgetError:
                refused += 1
                continue
            if chance.random() < 0.4:
                ledger.move(entry.key, State.SENDING)
                ledger.move(entry.key, State.SUBMITTED, job_id=entry.key)
                ledger.move(entry.key, State.SETTLED, billed=entry.reserved / 2)


def kill(opened: Callable[[], Ledger]) -> dict:
    """Kill a writer at random instants; count what it was told is durable, and what is there."""
    acknowledged, chance = [], random.Random(7)
    with opened():
        pass
    for _ in range(KILLS):
        read, write = os.pipe()
        writer = fork(lambda write=write: stream(opened, write))
        os.close(write)
        first = os.read(read, 4096)
        time.sleep(chance.uniform(0, 0.03))
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
        told = first
        while part := os.read(read, 65536):
            told += part
        acknowledged += told.decode().split("\n")[:-1]
        os.close(read)
    with opened() as ledger:
        entries = {entry.key: str(entry.state) for entry in ledger.entries()}
        names = [entry.draft.name for entry in ledger.entries()]
        return {"told": acknowledged, "there": entries, "names": names, "audit": ledger.audit()}


def stream(opened: Callable[[], Ledger], write: int) -> None:
    """Write triples of intents and moves; tell each as soon as the ledger says it is durable."""
    with opened() as ledger:
        while True:
            name = str(random.getrandbits(64))
            entries = ledger.intend([draft("1", name=name) for _ in range(3)])
            os.write(write, "".join(f"{e.key} intended\n" for e in entries).encode())
            moved = ledger.move(entries[0].key, State.SENDING)
            os.write(write, f"{moved.key} sending\n".encode())


def fork(job: Callable[[], None]) -> int:
    """Run a job in a process of its own; modules are imported once for all of them."""
    child = os.fork()
    if child:
        return child
    try:
        job()
    except BaseException:  # noqa: BLE001 - told, then the process ends
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
