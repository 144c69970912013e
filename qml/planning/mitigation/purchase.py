"""What a mitigated run buys: the circuits of a method, their shots, and its calibration."""

from collections.abc import Sequence
from dataclasses import replace

from qml.circuits import Circuit
from qml.config import Config
from qml.config.sections import MitigationSection
from qml.mitigation.base import Noise
from qml.mitigation.shares import needs_calibration, needs_native, share
from qml.planning.mitigation.spelling import as_spelled, device_of
from qml.planning.mitigation.work import mitigated_batches, noise_of, variants_of_sample
from qml.planning.price import price_purchase
from qml.planning.purchase import Batch, Purchase, free_purchase
from qml.planning.site import Site

DRAWN = 8
"""Random circuits of PEC that a price looks at."""


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
    noise = noise_of(section, config.backend, site.capabilities, device_of(site))
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
    spelled = [c for c in (as_spelled(site, s) for s in sample) if c is not None]
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
