"""What the circuits of `qemcmc` would cost: the backend resolved, the plan, the offer."""

from dataclasses import replace
from pathlib import Path

from qml.backends.registry import list_backends
from qml.config import Config, Loaded
from qml.planning.auto import choose
from qml.planning.plan import Plan
from qml.planning.sampling import local_plan, plan_proposals
from qml.session import World
from qml.tasks.offer import Offer
from qml.tasks.offer import offer as offer_work
from qml.tasks.sample.ising.assignment import Assignment, assignment, circuit_steps
from qml.tasks.site import open_site


def resolved(config: Config, work: Assignment) -> Config:
    """Return the configuration with `auto` resolved, and one shot where none are set."""
    section = config.backend
    if not work.circuits:
        return config
    name = section.name
    if name == "auto":
        available = frozenset(facts.name for facts in list_backends() if facts.installed)
        name = choose(section, work.target.size, available).name
    section = section.model_copy(update={"name": name, "shots": section.shots or 1})
    return config.model_copy(update={"backend": section})


def plan(config: Config, work: Assignment, world: World) -> Plan:
    """Plan the circuits on the backend of a resolved configuration.

    Raises:
        PlanError: It cannot run them.
    """
    section = config.sample.ising
    with open_site(config, world) as site:
        return plan_proposals(
            config,
            work.target,
            site,
            chains=section.chains,
            steps=circuit_steps(section),
            options=section.options.get("qemcmc", {}),
        )


def offer(loaded: Loaded, world: World) -> Offer:
    """Resolve the backend, along a route where there is one, and plan the circuits on it.

    Raises:
        PlanError: No backend can run them.
    """
    work = assignment(loaded.config, loaded.root)
    if not work.circuits:
        return Offer(loaded=loaded, plan=local_plan(loaded.config, work.target, work.methods))

    def planner(config: Config, root: Path, world: World) -> Plan:
        del root
        return plan(resolved(config, work), work, world)

    return offer_work(replace(loaded, config=resolved(loaded.config, work)), world, planner)
