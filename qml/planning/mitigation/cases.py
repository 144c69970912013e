"""The mitigation of a planned run: a few of its circuits are the cases of the choice."""

from collections.abc import Callable
from typing import Any

from qml.algorithms.models import KernelModel, Model
from qml.circuits import ZeroProjector
from qml.config import Config
from qml.config.sections import MitigationSection
from qml.errors import PlanError
from qml.mitigation.error import Case
from qml.mitigation.settings import settings
from qml.mitigation.shares import needs_native
from qml.planning.mitigation.choice import Choice
from qml.planning.mitigation.choose import plan_mitigation
from qml.planning.mitigation.spelling import as_spelled, device_of
from qml.planning.mitigation.work import noise_of
from qml.planning.purchase import Purchase
from qml.planning.sample import sample_circuits
from qml.planning.site import Site

LOOKED_AT = 2
"""Circuits that predictions are made for."""

Buy = Callable[[MitigationSection], Purchase]


def choose_mitigation(
    config: Config, model: Model, site: Site, features: Any, buy: Buy
) -> Choice | None:
    """Predict what the methods do to a run, and choose; None where none is asked for.

    Args:
        config: Configuration.
        model: The model.
        site: Where it runs.
        features: Prepared rows.
        buy: Prices the run by a method.

    Raises:
        PlanError: There is nothing to mitigate, or the method that was asked for is refused.
    """
    section = config.mitigation
    if section.method == "none":
        return None
    _check(config, site)
    noise = noise_of(section, config.backend, site.capabilities, device_of(site))
    pairs = isinstance(model, KernelModel)
    circuits = sample_circuits(model, features, sampled=pairs)[:LOOKED_AT]
    found = tuple(settings((ZeroProjector(),) if pairs else model.circuit.observables))
    written = [[setting.of(c) for setting in found] for c in circuits]
    spelled = [[as_spelled(site, c) for c in row] for row in written]
    known = all(c is not None for row in spelled for c in row)
    if needs_native(section.method) and not known:
        raise PlanError(
            f"`{site.name}` compiles what it is sent: {section.method} would be undone by its"
            " compiler",
            hint='mitigation.method = "readout" works everywhere; IonQ takes native gates',
        )
    cases = [
        Case(circuits=tuple(s or w for s, w in zip(a, b, strict=True)), settings=found)
        for a, b in zip(spelled, written, strict=True)
    ]
    return plan_mitigation(
        section,
        noise,
        cases,
        config.backend.shots,
        price=lambda wanted: buy(wanted).expected,
        spelled=known,
    )


def _check(config: Config, site: Site) -> None:
    """Refuse what cannot be mitigated.

    Raises:
        PlanError: Expectations are exact, or the vendor has no debiasing.
    """
    if not config.backend.shots:
        raise PlanError(
            "error mitigation acts on expectations that are measured with shots",
            hint='set backend.shots, e.g. 1000, or mitigation.method = "none"',
        )
    if config.mitigation.method == "debiasing" and not (site.remote and site.remote.mitigated):
        raise PlanError(
            f"`{site.name}` has no debiasing: it is a switch of IonQ's machines",
            hint="backend.name = 'ionq.forte-1' or 'azure.forte-1'",
        )
