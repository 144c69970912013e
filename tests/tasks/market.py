"""A small project that buys at the fake vendor, whose prices are in its qml.toml; no processes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from support import points

from qml.config import Loaded, load, runs_folder
from qml.execution.submission.draft import Draft, Estimate, State
from qml.ledger import Ledger
from qml.ports import Silence, SystemClock
from qml.records import RunFolder
from qml.session import World, open_project_ledger
from qml.tasks import train as training
from qml.testing.fake_vendor import FakeAccount

TOML = """
[project]
name = "tiny"
[data]
path = "points.csv"
target = "label"
[model]
qubits = 2
layers = 1
[train]
steps = 2
batch_size = 4
[baselines]
enabled = false
[tracking]
name = "none"
[pricing.fake."*"]
kind = "tasks"
task = "1.00"
shot = "0.01"
[pricing.fake.one]
kind = "tasks"
task = "1.00"
shot = "0.01"
[pricing.fake.two]
kind = "tasks"
task = "1.00"
shot = "0.01"
"""
ACCOUNT = "account.db"
"""In the working folder, which is that of the project."""
RUN = "20261121-100312-a1b2c3"


class Heard(Silence):
    """Progress that remembers what was said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, message: str) -> None:
        """Remember it."""
        self.said.append(message)


@dataclass
class Market:
    """A project, and the account that it buys with."""

    root: Path
    cache: Path

    @property
    def world(self) -> World:
        environ = {"QML_CACHE_DIR": str(self.cache)}
        return World(environ=environ, progress=Silence(), clock=SystemClock())

    def loaded(self, **values: object) -> Loaded:
        """Load qml.toml, with values on the command line; `__` stands for a dot."""
        facts = {
            "backend__name": "fake.two",
            "backend__shots": 20,
            "backend__options": f'{{account = "{ACCOUNT}"}}',
            **values,
        }
        pairs = [f"{key.replace('__', '.')}={value}" for key, value in facts.items() if value != ""]
        return load(self.root, environ={}, pairs=pairs)

    @contextmanager
    def account(self) -> Iterator[FakeAccount]:
        """Look at the vendor's side."""
        opened = FakeAccount(self.root / ACCOUNT, SystemClock().now)
        yield opened
        opened.close()

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """Open the ledger of the project."""
        loaded = load(self.root, environ={})
        with open_project_ledger(loaded.config, self.root, self.world) as ledger:
            yield ledger

    def run(self, loaded: Loaded, most: Decimal | None = None):
        """Train as `qml train` does; returns the plan and the run."""
        found = training.offer(loaded, self.world)
        run = self.begin(found.loaded, most)
        training.run(run, found.loaded.config, self.root, self.world)
        return found.plan, run

    def begin(self, loaded: Loaded, most: Decimal | None = None) -> RunFolder:
        """Make the folder of a run."""
        return training.begin(loaded, name=None, world=self.world, most=most)

    def runs(self) -> Path:
        """Where runs are."""
        return runs_folder(load(self.root, environ={}).config, self.root)


def draft(key: str, **facts) -> Draft:
    """Draft one job of 5 circuits for 10 dollars, of which 12 are reserved."""
    estimate = Estimate(
        low=Decimal(9), expected=Decimal(10), high=Decimal(12), tariff_date="2026-11-01"
    )
    made = Draft(
        key=key, run_id=RUN, name=f"step/{key}", provider="fake", device="two", digest=key,
        circuits=5, shots=100, one_qubit=20, two_qubit=5, estimate=estimate,
    )  # fmt: skip
    return replace(made, **facts)


def put(ledger: Ledger, wanted: Draft, *states: State, job: str | None = None, bill=None) -> None:
    """Journal an intent and take it through states."""
    ledger.intend([wanted])
    for state in states:
        ledger.move(
            wanted.key,
            state,
            job_id=job if state is State.SUBMITTED else None,
            billed=None if bill is None or not state.final else Decimal(bill),
        )


SENT = (State.SENDING, State.SUBMITTED)
SETTLED = (*SENT, State.SETTLED)


def lay_out(root: Path, cache: Path) -> Market:
    """Make a project of 10 rows."""
    (root / "qml.toml").write_text(TOML)
    (root / "points.csv").write_text(points(rows=10))
    return Market(root, cache)
