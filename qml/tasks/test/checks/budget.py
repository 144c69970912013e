"""The budget guard: what costs more than a cap is never sent.

A tiny training is planned on a paid machine whose vendor is an emulator on the loopback, with caps
below its price. Then the caps of qml.toml are held against the project's own plan.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from qml.config import Config, Loaded
from qml.config.sections import (
    BackendSection,
    BaselinesSection,
    BudgetSection,
    DataSection,
    LedgerSection,
    ModelSection,
    ProjectSection,
    TrackingSection,
    TrainSection,
)
from qml.emulators.ionq import serve
from qml.errors import BudgetError, ExitCode
from qml.session import World
from qml.tasks import train
from qml.tasks.carry import leaves_this_machine
from qml.tasks.consent import check_budget
from qml.tasks.test.checks.base import Checked, Reading, State, held, worst

if TYPE_CHECKING:
    from qml.tasks.test.subject import Subject

TITLE = "Does the budget hold?"
SECONDS = 3.0
MACHINE = "ionq.forte-1"
CENT = Decimal("0.01")
SHOTS = 100


def check(subject: "Subject") -> Checked:
    """Try to buy beyond a cap, and hold the project's caps to its plan."""
    overspent = _overspend(subject)
    own, said = _own(subject)
    readings = [
        _refused("exit code before it begins", overspent.asked),
        _refused("exit code of the ledger", overspent.bought),
        held("jobs at the vendor", float(overspent.jobs), 0.0),
        *own,
    ]
    return Checked(
        state=worst([r.state for r in readings]),
        why=f"a plan for {overspent.price:,.2f} USD under lower caps: exit {overspent.asked} and"
        f" {overspent.bought}, {overspent.jobs} jobs; {said}",
        advice=_advice(readings),
        readings=tuple(readings),
    )


class Overspent(NamedTuple):
    """What became of work that cost more than its caps.

    Attributes:
        price: What the plan costs at least.
        asked: Exit code where the plan is held to a cap of half of it.
        bought: Exit code where the work begins under a cap below its first job.
        jobs: Jobs that the vendor got.
    """

    price: Decimal
    asked: int
    bought: int
    jobs: int


def _overspend(subject: "Subject") -> Overspent:
    with _vendor(subject.world) as (world, emulator):
        config = _paid(subject)
        loaded = Loaded(config=config, origins={}, root=subject.root, file=None)
        found = train.offer(loaded, world)
        purchase, resolved = found.plan.purchase, found.loaded.config
        half = _capped(resolved, (purchase.low / 2).quantize(CENT), subject)
        asked = _code(lambda: check_budget(purchase, half, world, None, None))
        least = _capped(resolved, CENT, subject)
        folder = train.begin(least, name=None, world=world, parent=subject.run.id)
        bought = _code(lambda: train.run(folder, least.config, subject.root, world))
        return Overspent(purchase.low, asked, bought, int(emulator.summary()["jobs"]))


def _code(work: Callable[[], object]) -> int:
    """Return the exit code that work ends with."""
    try:
        work()
    except BudgetError as error:
        return int(error.exit_code)
    return int(ExitCode.OK)


def _refused(name: str, code: int) -> Reading:
    wanted = int(ExitCode.BUDGET)
    state: State = "passed" if code == wanted else "failed"
    return Reading(name=name, value=float(code), threshold=float(wanted), sense=">=", state=state)


def _capped(config: Config, cap: Decimal, subject: "Subject") -> Loaded:
    capped = config.model_copy(update={"budget": BudgetSection(run=cap)})
    return Loaded(config=capped, origins={}, root=subject.root, file=None)


@contextmanager
def _vendor(world: World) -> Iterator[tuple[World, Any]]:
    with serve(seed=0) as emulator:
        access = {"IONQ_API_URL": emulator.url, "IONQ_API_KEY": "any"}
        environ = {**world.environ, **access}
        yield World(environ=environ, progress=world.progress, clock=world.clock), emulator


def _paid(subject: "Subject") -> Config:
    """Return the configuration of a tiny training on the paid machine."""
    subject.scratch.mkdir(parents=True, exist_ok=True)
    points = subject.scratch / "points.csv"
    rows = [f"{x / 10},{1 - x / 10},{'up' if x > 5 else 'down'}" for x in range(12)]  # noqa: PLR2004
    points.write_text("\n".join(["a,b,target", *rows]) + "\n", encoding="utf-8")
    return Config(
        project=ProjectSection(name="budget", runs=str(subject.scratch / "runs")),
        data=DataSection(path=str(points)),
        model=ModelSection(qubits=2, layers=1),
        train=TrainSection(steps=1, batch_size=1, gradient="spsa"),
        backend=BackendSection(name=MACHINE, shots=SHOTS, reuse=False),
        ledger=LedgerSection(url=f"sqlite:///{subject.scratch / 'ledger.db'}"),
        baselines=BaselinesSection(enabled=False),
        tracking=TrackingSection(name="none"),
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
