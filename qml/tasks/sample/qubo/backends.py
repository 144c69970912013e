"""The backend of quantum solvers: resolved, planned, priced."""

from dataclasses import replace
from pathlib import Path

from qml.config import Config, Loaded
from qml.planning.plan import Plan
from qml.planning.solving import plan_solving
from qml.session import World
from qml.tasks.compare import resolved as with_backend
from qml.tasks.offer import Offer
from qml.tasks.offer import offer as offer_work
from qml.tasks.sample.qubo.assignment import Assignment
from qml.tasks.site import open_site


def resolved(config: Config, work: Assignment) -> Config:
    """Return the configuration with the backend named.

    It is the engine's own where `auto` may choose, and where no solver needs any.
    """
    name = config.backend.name
    return with_backend(config, name if work.quantum and name != "auto" else "jax")


def plan(config: Config, work: Assignment, world: World) -> Plan:
    """Plan the quantum solvers on the backend of a resolved configuration.

    Raises:
        PlanError: It cannot run them.
    """
    section = config.sample.qubo
    with open_site(config, world) as site:
        return plan_solving(
            config,
            site,
            work.problem,
            solvers=work.solvers,
            options=section.options,
            evaluations=section.evaluations,
        )


def offer(loaded: Loaded, work: Assignment, world: World) -> Offer:
    """Resolve the backend, along a route where there is one, and plan the quantum solvers on it.

    Raises:
        PlanError: No backend can run them.
    """
    section = loaded.config.backend
    if not work.quantum or (section.name == "auto" and not section.route):
        config = resolved(loaded.config, work)
        return Offer(loaded=replace(loaded, config=config), plan=plan(config, work, world))

    def planner(config: Config, root: Path, world: World) -> Plan:
        del root
        return plan(resolved(config, work), work, world)

    return offer_work(loaded, world, planner)
