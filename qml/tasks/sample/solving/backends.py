"""The backend of quantum solvers: resolved, planned, priced."""

from dataclasses import replace

from qml.config import Config, Loaded
from qml.errors import MissingExtraError, PlanError
from qml.planning.plan import Plan
from qml.planning.routing import Refused, Routing, choose_route
from qml.planning.solving import plan_solving
from qml.session import World
from qml.tasks.compare import resolved as with_backend
from qml.tasks.offer import Offer
from qml.tasks.sample.solving.assignment import Assignment
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
    """Resolve the backend and plan the quantum solvers on it.

    Raises:
        PlanError: No backend can run them.
    """
    route = loaded.config.backend.route
    if not route or not work.quantum:
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
    return config, plan(config, work, world)


def _named(loaded: Loaded, found: tuple[Config, Plan], routing: Routing | None = None) -> Offer:
    """Name the machine that a vendor's bare name means, so that the records say which it was."""
    config, planned = found
    if planned.purchase.jobs:
        section = config.backend.model_copy(update={"name": planned.purchase.name})
        config = config.model_copy(update={"backend": section})
        planned = replace(planned, backend=planned.purchase.name)
    return Offer(loaded=replace(loaded, config=config), plan=planned, routing=routing)
