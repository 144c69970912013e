"""The mitigation of a planned run: its circuits as cases, and its price by every method."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from qml.algorithms.models import KernelModel, Model
from qml.backends.verbatim import as_run, runs_as_written
from qml.circuits import Circuit, ZeroProjector
from qml.config import Config
from qml.config.sections import MitigationSection
from qml.errors import PlanError
from qml.mitigation.base import Noise
from qml.mitigation.error import Case
from qml.mitigation.settings import settings
from qml.mitigation.shares import needs_calibration, needs_native, share
from qml.planning.choice import Choice
from qml.planning.mitigated import mitigated_batches, noise_of, variants_of_sample
from qml.planning.mitigation import plan_mitigation
from qml.planning.price import price_purchase
from qml.planning.purchase import Batch, Purchase, free_purchase
from qml.planning.sample import sample_circuits
from qml.planning.site import Site

LOOKED_AT = 2
"""Circuits that predictions are made for."""
DRAWN = 8
"""Random circuits of PEC that a price looks at."""

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
    noise = noise_of(section, config.backend, site.capabilities, _device(site))
    pairs = isinstance(model, KernelModel)
    circuits = sample_circuits(model, features, sampled=pairs)[:LOOKED_AT]
    found = tuple(settings((ZeroProjector(),) if pairs else model.circuit.observables))
    written = [[setting.of(c) for setting in found] for c in circuits]
    spelled = [[_as_run(site, c) for c in row] for row in written]
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


def buy_mitigated(
    config: Config,
    site: Site,
    sample: Sequence[Circuit],
    batches: Sequence[Batch],
    section: MitigationSection,
) -> Purchase:
    """Return what a run buys by a method: its variants, their shots, and the calibration.

    Args:
        config: Configuration.
        site: Where it runs.
        sample: A few circuits in every basis, without mitigation.
        batches: What is submitted without mitigation.
        section: `[mitigation]`, `auto` resolved.
    """
    if not config.backend.shots:
        return _buy(config, site, sample, batches, 0, 1)
    noise = noise_of(section, config.backend, site.capabilities, _device(site))
    part = share(section, config.backend.shots)
    variants, kinds = _variants(site, section, noise, sample)
    # a vendor's debiasing that `[mitigation]` turned on is no price of the other methods
    off = config.mitigation.method == "debiasing" and section.method != "debiasing"
    more = mitigated_batches(section, batches)
    found = _buy(config, site, variants, more, part.shots, kinds, debiased=False if off else None)
    if not needs_calibration(section) or section.readout.source != "calibration":
        return found
    wires = max(c.wires for c in sample)
    told = [Batch(1, 2, "calibration of the readout")]
    return _added(found, _buy(config, site, [Circuit(wires, ())], told, section.readout.shots, 1))


def _buy(
    config: Config,
    site: Site,
    sample: Sequence[Circuit],
    batches: Sequence[Batch],
    shots: int,
    kinds: int,
    *,
    debiased: bool | None = None,
) -> Purchase:
    if site.remote is None or site.tariff is None:
        return free_purchase(site.name, sample, batches, shots)
    pack = config.backend.pack
    return price_purchase(
        site.remote,
        site.tariff,
        sample,
        batches,
        shots,
        side_by_side=pack,
        kinds=kinds,
        mitigated=debiased,
    )


def _variants(
    site: Site, section: MitigationSection, noise: Noise | None, sample: Sequence[Circuit]
) -> tuple[Sequence[Circuit], int]:
    """Return what runs in place of a sample, and how many kinds of unlike size are in turn."""
    if not needs_native(section.method):
        return sample, 1
    spelled = [c for c in (_as_run(site, s) for s in sample) if c is not None]
    if section.method == "zne":
        return variants_of_sample(section, noise, spelled), len(section.zne.factors)
    few = section.model_copy(update={"pec": section.pec.model_copy(update={"circuits": DRAWN})})
    return variants_of_sample(few, noise, spelled), 1


def _added(one: Purchase, other: Purchase) -> Purchase:
    """Add what another purchase takes to the first."""
    return replace(
        one,
        circuits=one.circuits + other.circuits,
        shots=one.shots + other.shots,
        one_qubit=one.one_qubit + other.one_qubit,
        two_qubit=one.two_qubit + other.two_qubit,
        jobs=one.jobs + other.jobs,
        low=one.low + other.low,
        expected=one.expected + other.expected,
        high=one.high + other.high,
        minimum_applies=one.minimum_applies or other.minimum_applies,
        notes=(*one.notes, *(n for n in other.notes if n not in one.notes)),
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


def _as_run(site: Site, circuit: Circuit) -> Circuit | None:
    if site.remote is None:
        return circuit if runs_as_written(site.capabilities) else None
    return as_run(site.remote, circuit)


def _device(site: Site) -> str | None:
    return None if site.remote is None else site.remote.device
