"""The budget guard: what costs more than a cap is never sent.

The project's own work is planned on a paid machine whose vendor is an emulator on the loopback,
with a cap below its price. Then the caps of qml.toml are held against the project's own plan.
"""

from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from qml.config import Config, Loaded
from qml.config.sections import (
    BackendSection,
    BaselinesSection,
    BudgetSection,
    LedgerSection,
    TrackingSection,
)
from qml.emulators.ionq import serve
from qml.errors import BudgetError, ExitCode
from qml.session import World
from qml.tasks import train
from qml.tasks.carry import leaves_this_machine
from qml.tasks.test.checks.base import Checked, Reading, held, worst

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qml.tasks.test.subject import Subject

TITLE = "Does the budget hold?"
SECONDS = 3.0
MACHINE = "ionq.forte-1"
SHOTS = 100
ROWS = 4


def check(subject: "Subject") -> Checked:
    """Try to buy beyond a cap, and hold the project's caps to its plan."""
    subject.work  # noqa: B018 - a project that trains nothing buys nothing, and says so
    code, sent, price = _overspend(subject)
    refused = code == ExitCode.BUDGET
    readings = [
        held("submissions beyond a cap", float(sent), 0.0),
        Reading(
            name="exit code",
            value=float(code),
            threshold=float(ExitCode.BUDGET),
            state="passed" if refused else "failed",
        ),
    ]
    own, said = _own(subject)
    readings += own
    state = worst([r.state for r in readings])
    return Checked(
        state=state,
        why=f"a plan for {price} USD under a cap of half of it: exit {code}, {sent} submissions;"
        f" {said}",
        advice=_advice(readings),
        readings=tuple(readings),
    )


def _overspend(subject: "Subject") -> tuple[int, int, Decimal]:
    """Train under a cap of half the price; returns the exit code, what was sent, and the price."""
    with _vendor(subject.world) as (world, emulator):
        loaded = Loaded(config=_paid(subject), origins={}, root=subject.root, file=None)
        found = train.offer(loaded, world)
        purchase = found.plan.purchase
        cap = (purchase.high / 2).quantize(Decimal("0.01"))
        config = found.loaded.config.model_copy(update={"budget": BudgetSection(run=cap)})
        tight = Loaded(config=config, origins={}, root=subject.root, file=None)
        folder = train.begin(tight, name=None, world=world, parent=subject.run.id)
        try:
            train.run(folder, config, subject.root, world)
            code = int(ExitCode.OK)
        except BudgetError as error:
            code = int(error.exit_code)
        return code, int(emulator.summary()["jobs"]), purchase.high


@contextmanager
def _vendor(world: World) -> "Iterator[tuple[World, Any]]":
    with serve(seed=0) as emulator:
        access = {"IONQ_API_URL": emulator.url, "IONQ_API_KEY": "any"}
        environ = {**world.environ, **access}
        yield World(environ=environ, progress=world.progress, clock=world.clock), emulator


def _paid(subject: "Subject") -> Config:
    """Return the project's configuration on the paid machine, one step on a few rows."""
    config = subject.config
    runs = subject.scratch / "runs"
    shape = subject.work.shape
    rows = max(ROWS, shape.classes, shape.features)
    return config.model_copy(
        update={
            "project": config.project.model_copy(update={"runs": str(runs)}),
            "data": config.data.model_copy(update={"rows": rows}),
            "train": config.train.model_copy(
                update={"steps": 1, "batch_size": 1, "gradient": "spsa", "patience": None}
            ),
            "backend": BackendSection(name=MACHINE, shots=SHOTS),
            "ledger": LedgerSection(url=f"sqlite:///{subject.scratch / 'ledger.db'}"),
            "baselines": BaselinesSection(enabled=False),
            "tracking": TrackingSection(name="none"),
            "budget": BudgetSection(),
        }
    )


def _own(subject: "Subject") -> tuple[list[Reading], str]:
    """Hold the project's caps to the price of its own plan."""
    config = subject.config
    if not leaves_this_machine(config):
        return [], f"the project's own backend, {config.backend.name}, costs nothing"
    loaded = Loaded(config=config, origins={}, root=subject.root, file=None)
    purchase = train.offer(loaded, subject.world).plan.purchase
    caps = {k: getattr(config.budget, k) for k in ("run", "day", "month", "project")}
    given = {name: cap for name, cap in caps.items() if cap is not None}
    readings = [
        held(f"price under budget.{name}", float(purchase.high), float(cap), beyond="warned")
        for name, cap in given.items()
    ]
    if not given and not purchase.free:
        unlimited = Reading(name="caps", value=0.0, threshold=1.0, sense=">=", state="warned")
        return [unlimited], f"the project's plan costs up to {purchase.high}, and no cap is set"
    return readings, f"the project's own plan costs up to {purchase.high} {purchase.currency}"


def _advice(readings: list[Reading]) -> str:
    if any(r.state == "failed" for r in readings):
        return "buy nothing with this installation: the guard does not hold; please report it"
    if any(r.name == "caps" for r in readings):
        return "set [budget] run and month"
    if any(r.state == "warned" for r in readings):
        return "raise the cap, or plan less: `qml plan` says what costs"
    return ""
