"""Processes that share a ledger, started at once and killed at will; run by test_processes.py.

    python fleet.py race URL ROOT PROJECT      eight processes on one budget
    python fleet.py kill URL ROOT PROJECT      streams of intents, each ended by SIGKILL

URL is `-` for the project's own file. What happened is told as JSON.
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

CAP = Decimal(60)
WORKERS = 8
KILLS = 12


def main() -> None:
    how, url, root, project = sys.argv[1:]

    def opened() -> Ledger:
        caps = Caps(project=CAP) if how == "race" else Caps()
        place = None if url == "-" else url
        return open_ledger(place, Path(root), project=project, caps=caps, clock=SystemClock())

    print(json.dumps({"race": race, "kill": kill}[how](opened)))


def race(opened: Callable[[], Ledger]) -> dict:
    """Let workers reserve and settle until the budget refuses; look on while they do."""
    workers = [fork(lambda i=i: work(opened, random.Random(i))) for i in range(WORKERS)]
    highest, looks = Decimal(0), 0
    with opened() as ledger:
        while workers:
            balance = ledger.balance("project")
            highest, looks = max(highest, balance.settled + balance.reserved), looks + 1
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
                batch = [
                    draft(f"{chance.uniform(0.2, 1.5):.2f}")
                    for _ in range((chance.choice("12") == "2" and 2) or 1)
                ]
                (entry, *_) = ledger.intend(batch)
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
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
