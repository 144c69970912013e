"""What new rows would cost: the backend resolved, the plan, the offer."""

from dataclasses import replace

from qml.config import Config, Loaded
from qml.errors import MissingExtraError, PlanError
from qml.planning.plan import Plan
from qml.planning.routing import Refused, Routing, choose_route
from qml.planning.strings import local_plan, plan_strings
from qml.session import World
from qml.tasks.offer import Offer
from qml.tasks.sample.strings.source import Source, resolved, source_of
from qml.tasks.site import open_site


def plan(config: Config, source: Source, world: World) -> Plan:
    """Plan the rows on the backend of a resolved configuration.

    Raises:
        PlanError: It cannot run the circuit.
    """
    count = config.sample.model.count
    if source.here(config):
        reason = "drawn from the exact distribution" if source.generator.quantum else None
        return local_plan(source.facts, count, reason)
    assert source.generator.circuit is not None
    circuit = source.generator.circuit(source.stored.params)
    with open_site(config, world) as site:
        return plan_strings(config, circuit, site, facts=source.facts, count=count)


def offer(loaded: Loaded, world: World) -> Offer:
    """Resolve the backend and plan the rows on it.

    Raises:
        PlanError: No backend can run the circuit.
    """
    source = source_of(loaded.config, loaded.root)
    route = loaded.config.backend.route
    if not route or source.here(loaded.config):
        return _named(loaded, _candidate(loaded.config, None, source, world))
    found, refused = [], []
    for name in route:
        try:
            found.append(_candidate(loaded.config, name, source, world))
        except (PlanError, MissingExtraError) as error:
            refused.append(Refused(name=name, reason=error.message))
    routing = choose_route([p.purchase for _, p in found], refused, loaded.config.backend.prefer)
    config, planned = next(f for f in found if f[1].purchase.name == routing.chosen)
    others = tuple(p.purchase for _, p in found if p is not planned)
    planned = replace(planned, chosen=routing.reason, purchases=(planned.purchase, *others))
    return _named(loaded, (config, planned), routing)


def _candidate(
    config: Config, name: str | None, source: Source, world: World
) -> tuple[Config, Plan]:
    if name is not None:
        section = config.backend.model_copy(update={"name": name, "route": []})
        config = config.model_copy(update={"backend": section})
    config = resolved(config, source)
    return config, plan(config, source, world)


def _named(loaded: Loaded, found: tuple[Config, Plan], routing: Routing | None = None) -> Offer:
    """Name the machine that a vendor's bare name means, so that the records say which it was."""
    config, planned = found
    if planned.purchase.jobs:
        name = planned.purchase.name
        section = config.backend.model_copy(update={"name": name})
        config = config.model_copy(update={"backend": section})
        planned = replace(planned, backend=name)
    return Offer(loaded=replace(loaded, config=config), plan=planned, routing=routing)
