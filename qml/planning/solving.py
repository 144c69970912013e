"""The plan of solvers on one problem: what those made of circuits ask of a backend, and its price.

Solvers that need no backend cost nothing and are not counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from qml.algorithms.solvers.base import Solver
from qml.algorithms.solvers.qaoa.space import LARGEST, candidates
from qml.algorithms.solvers.referee import read_options
from qml.algorithms.solvers.sampled import Demand
from qml.config import Config
from qml.engine.diagonal.memory import bytes_needed
from qml.errors import PlanError
from qml.planning.checks import check_backend, check_memory
from qml.planning.memory import free_memory
from qml.planning.plan import Plan
from qml.planning.price import price_purchase
from qml.planning.purchase import Batch, Purchase, free_purchase
from qml.planning.site import Site
from qml.plugins import load
from qml.problems import Arrays
from qml.results.outcome import ModelFacts

ENUMERATED = (
    "the engine computes the objective of every assignment before the first shot, so that"
    " enumeration would have solved it"
)
"""What honest output says wherever a quantum solver runs on exact states."""


class Wanted(NamedTuple):
    """A solver made of circuits.

    Attributes:
        name: Registered name.
        demand: What it asks of a backend.
    """

    name: str
    demand: Demand


def is_quantum(name: str) -> bool:
    """Whether a solver is made of circuits, and can use a backend."""
    plugin: Any = load("solvers", name)
    return bool(getattr(plugin, "QUANTUM", False))


def plan_solving(
    config: Config,
    site: Site,
    problem: Arrays,
    *,
    solvers: Sequence[str],
    options: Mapping[str, Mapping[str, Any]],
    evaluations: int | None = None,
) -> Plan:
    """Plan solvers on one problem.

    Args:
        config: Configuration, `[backend]` resolved.
        site: Where circuits run.
        problem: The problem.
        solvers: Names.
        options: Settings of solvers, by name.
        evaluations: Evaluations that each solver may use, or None.

    Raises:
        PlanError: The backend cannot run a circuit, or the budget is less than its shots.
    """
    quantum = [name for name in solvers if is_quantum(name)]
    if not quantum or _on_engine(config, site):
        return _nothing_bought(config, site, problem, solvers, simulated=bool(quantum))
    _check(site, config, problem, evaluations)
    wanted = [Wanted(name, demand_of(name, problem, options.get(name, {}))) for name in quantum]
    purchase = _sum([_purchase(config, site, w.demand) for w in wanted])
    return _plan(config, site, problem, wanted, purchase)


def demand_of(name: str, problem: Arrays, table: Mapping[str, Any]) -> Demand:
    """Return what a solver asks of a backend at most.

    Raises:
        ConfigError: A setting is unknown or out of range.
        PlanError: It cannot work on the problem.
    """
    plugin: Solver = load("solvers", name)
    settings = read_options(name, plugin, table)
    tell = getattr(plugin, "demand", None)
    if tell is None:
        raise PlanError(
            f"solver `{name}` does not tell what it submits, so it cannot be priced",
            hint="its module needs `demand(problem, options) -> Demand`",
        )
    found: Demand = tell(problem, settings)
    return found


def _on_engine(config: Config, site: Site) -> bool:
    return site.name == "jax" and config.backend.shots == 0


def _check(site: Site, config: Config, problem: Arrays, evaluations: int | None) -> None:
    check_backend(site.name, site.capabilities, config, problem.size)
    shots = config.backend.shots
    if not shots:
        raise PlanError(
            f"solvers made of circuits need shots on `{site.name}`",
            hint="backend.shots, e.g. 1000; backend jax works with exact distributions",
        )
    if evaluations is not None and evaluations < shots:
        raise PlanError(
            f"one circuit has {shots:,} shots, and a shot is an evaluation: the budget has"
            f" {evaluations:,}",
            hint="lower backend.shots, or raise the evaluations",
        )


def _purchase(config: Config, site: Site, demand: Demand) -> Purchase:
    batches = [Batch(*submission) for submission in demand.submissions]
    shots = config.backend.shots
    if site.remote is None or site.tariff is None:
        return free_purchase(site.name, demand.circuits, batches, shots)
    return price_purchase(
        site.remote,
        site.tariff,
        demand.circuits,
        batches,
        shots,
        side_by_side=config.backend.pack,
    )


def _sum(purchases: Sequence[Purchase]) -> Purchase:
    """Add up what several solvers buy on one backend."""
    first, *rest = purchases
    for other in rest:
        first = replace(
            first,
            circuits=first.circuits + other.circuits,
            shots=first.shots + other.shots,
            one_qubit=first.one_qubit + other.one_qubit,
            two_qubit=first.two_qubit + other.two_qubit,
            jobs=first.jobs + other.jobs,
            low=first.low + other.low,
            expected=first.expected + other.expected,
            high=first.high + other.high,
            minimum_applies=first.minimum_applies or other.minimum_applies,
            notes=tuple(dict.fromkeys((*first.notes, *other.notes))),
            seconds=_added(first.seconds, other.seconds),
        )
    return first


def _added(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other


def _plan(
    config: Config, site: Site, problem: Arrays, wanted: Sequence[Wanted], purchase: Purchase
) -> Plan:
    facts = [w.demand for w in wanted]
    return Plan(
        backend=site.name,
        chosen=None,
        model=ModelFacts(
            kind=" + ".join(w.name for w in wanted),
            qubits=problem.size,
            layers=max(d.layers for d in facts),
            parameters=sum(d.parameters for d in facts),
        ),
        gradient="none",
        rows={"variables": problem.size},
        steps=sum(s.times for d in facts for s in d.submissions),
        epochs=1,
        circuits=sum(s.times * s.circuits for d in facts for s in d.submissions),
        shots=config.backend.shots
        * sum(s.times * s.circuits for d in facts for s in d.submissions),
        bytes=None,
        purchases=(purchase,),
        warnings=(*site.warnings, *((ENUMERATED,) if any(d.enumerated for d in facts) else ())),
    )


def _nothing_bought(
    config: Config, site: Site, problem: Arrays, solvers: Sequence[str], *, simulated: bool
) -> Plan:
    """Return the plan of solvers that need no backend, or that the engine itself is for."""
    needed = _memory(config, problem) if simulated else None
    return Plan(
        backend=site.name,
        chosen=None,
        model=ModelFacts(
            kind=" + ".join(solvers),
            qubits=problem.size if simulated else 0,
            layers=0,
            parameters=0,
        ),
        gradient="none",
        rows={"variables": problem.size},
        steps=0,
        epochs=0,
        circuits=0,
        shots=0,
        bytes=needed,
        purchases=(free_purchase(site.name, (), (), config.backend.shots),),
        warnings=(*site.warnings, *((ENUMERATED,) if simulated else ())),
    )


def _memory(config: Config, problem: Arrays) -> int:
    """Estimate what a search for angles on the engine takes, and refuse what does not fit.

    Raises:
        PlanError: The state is too large, or the memory too small.
    """
    amplitudes = min(1 << problem.size, candidates(problem))
    if amplitudes > LARGEST:
        raise PlanError(
            f"{problem.size} variables make {amplitudes:,} amplitudes; a state may have"
            f" {LARGEST:,}",
            hint="another solver, e.g. annealing, or a backend with that many qubits",
        )
    needed = bytes_needed(amplitudes, precision=config.backend.precision, gradient=True)
    check_memory(needed, free_memory())
    return needed
