"""What a kind of sampling would buy: the backend resolved, the plan with its price."""

from pathlib import Path
from typing import TYPE_CHECKING

from qml.config import Config, Loaded
from qml.planning.auto import choose
from qml.planning.plan import Plan
from qml.session import World
from qml.tasks.offer import Offer
from qml.tasks.offer import offer as offer_work
from qml.tasks.site import open_site

if TYPE_CHECKING:
    from qml.problems import Arrays


def offer_solving(loaded: Loaded, world: World) -> Offer:
    """Resolve the backend, along a route where there is one, and plan the solvers on it.

    Raises:
        DataError: The problem cannot be read.
        PlanError: No backend can run the solvers that are made of circuits.
    """
    return offer_work(loaded, world, solving_plan)


def solving_plan(config: Config, root: Path, world: World) -> Plan:
    """Plan the solvers of `[sample.qubo]` on the backend that a configuration names."""
    from qml.planning.solving import plan_solving

    section, problem = config.sample.qubo, _problem(config, root)
    config = backend_resolved(config, problem.size)
    with open_site(config, world) as site:
        return plan_solving(
            config,
            site,
            problem,
            solvers=section.solvers,
            options=section.options,
            evaluations=section.evaluations,
        )


def backend_resolved(config: Config, qubits: int) -> Config:
    """Return the configuration with `auto` resolved for circuits of so many qubits."""
    from qml.backends.registry import list_backends

    if config.backend.name != "auto":
        return config
    available = frozenset(facts.name for facts in list_backends() if facts.installed)
    name = choose(config.backend, qubits, available).name
    section = config.backend.model_copy(update={"name": name})
    return config.model_copy(update={"backend": section})


def _problem(config: Config, root: Path) -> "Arrays":
    from qml.problems import compile_model
    from qml.problems.files import read_problem

    assert config.sample.qubo.file is not None
    return compile_model(read_problem(root / config.sample.qubo.file))
