"""What the circuits of `qemcmc` would cost: the backend resolved, the plan, the offer."""

from dataclasses import replace

from qml.backends.registry import list_backends
from qml.config import Config, Loaded
from qml.errors import MissingExtraError, PlanError
from qml.planning.auto import choose
from qml.planning.plan import Plan
from qml.planning.purchase import Purchase
from qml.planning.routing import Refused, Routing, choose_route
from qml.planning.sampling import plan_proposals
from qml.session import World
from qml.tasks.compare import resolved as with_backend
from qml.tasks.offer import Offer
from qml.tasks.sample.boltzmann.assignment import Assignment, assignment, circuit_steps
from qml.tasks.site import open_site


def resolved(config: Config, work: Assignment) -> Config:
    """Return the configuration with the backend named, and one shot where none are set."""
    if not work.circuits:
        return config
    section = config.backend
    name = section.name
    if name == "auto":
        available = frozenset(facts.name for facts in list_backends() if facts.installed)
        name = choose(section, work.target.size, available).name
    shots = section.shots or 1
    section = section.model_copy(update={"shots": shots})
    return with_backend(config.model_copy(update={"backend": section}), name)


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
    """Resolve the backend and plan the circuits on it.

    Raises:
        PlanError: No backend can run them.
    """
    work = assignment(loaded.config, loaded.root)
    route = loaded.config.backend.route
    if not route or not work.circuits:
        return _named(loaded, _candidate(loaded.config, loaded.config.backend.name, work, world))
    found, refused = [], []
    for name in route:
        try:
            found.append(_candidate(loaded.config, name, work, world))
        except (PlanError, MissingExtraError) as error:
            refused.append(Refused(name=name, reason=error.message))
    routing = choose_route([p.purchase for _, p in found], refused, loaded.config.backend.prefer)
    config, planned = next(f for f in found if f[1].purchase.name == routing.chosen)
    others = tuple(p.purchase for _, p in found if p is not planned)
    planned = replace(planned, chosen=routing.reason, purchases=(planned.purchase, *others))
    return _named(loaded, (config, planned), routing)


def _candidate(config: Config, name: str, work: Assignment, world: World) -> tuple[Config, Plan]:
    section = config.backend.model_copy(update={"name": name, "route": []})
    config = resolved(config.model_copy(update={"backend": section}), work)
    if not work.circuits:
        return config, _nothing(config, work)
    return config, plan(config, work, world)


def _nothing(config: Config, work: Assignment) -> Plan:
    """Return the plan of work that needs no backend."""
    from qml.planning.sampling import local_plan

    return local_plan(config, work.target, work.methods)


def _named(loaded: Loaded, found: tuple[Config, Plan], routing: Routing | None = None) -> Offer:
    """Name the machine that a vendor's bare name means, so that the records say which it was."""
    config, planned = found
    purchase: Purchase = planned.purchase
    if purchase.jobs:
        section = config.backend.model_copy(update={"name": purchase.name})
        config = config.model_copy(update={"backend": section})
        planned = replace(planned, backend=purchase.name)
    return Offer(loaded=replace(loaded, config=config), plan=planned, routing=routing)
