"""What `[mitigation]` does to the work of a run: more circuits, other shots; and the noise."""

from collections.abc import Sequence

from qml.backends.base import Capabilities
from qml.backends.noise import PUBLISHED, Rates, resolve
from qml.backends.verbatim import runs_as_written
from qml.circuits import Circuit
from qml.config import Config
from qml.config.sections import BackendSection, MitigationSection
from qml.mitigation.base import Mitigation, Noise
from qml.mitigation.shares import needs_calibration, needs_native, share, variants_of
from qml.planning.purchase import Batch
from qml.plugins import load

ALIKE = {"forte-enterprise-1": "forte-1"}
"""Machines of which nothing is published, and what they are taken for."""


def acts(config: Config) -> bool:
    """Whether a run measures expectations in another way than with `backend.shots` each.

    `auto` that is not resolved belongs to a command that measures no expectations.
    """
    section = config.mitigation
    usual = section.method == "none" and section.allocation == "uniform" and section.overhead == 1
    return config.backend.shots > 0 and section.method != "auto" and not usual


def switched(config: Config) -> Config:
    """Turn the vendors' debiasing on where `[mitigation]` asks for it."""
    if config.mitigation.method != "debiasing":
        return config
    on = {"debiasing": True}
    vendors = {
        "ionq": config.backend.ionq.model_copy(update=on),
        "azure": config.backend.azure.model_copy(update=on),
    }
    return config.model_copy(update={"backend": config.backend.model_copy(update=vendors)})


def noise_of(
    section: MitigationSection,
    backend: BackendSection,
    capabilities: Capabilities,
    device: str | None,
) -> Noise | None:
    """Return what is assumed of a machine.

    Args:
        section: `[mitigation]`; its noise wins.
        backend: `[backend]`, whose noise a simulator has.
        capabilities: What the backend can do.
        device: The machine, where a vendor runs it; None for a simulator of this process.
    """
    for told in (section.noise, backend.noise):
        if not told.silent:
            return _noise(resolve(told))
    if runs_as_written(capabilities):
        return Noise()
    rates = None if device is None else PUBLISHED.get(ALIKE.get(device, device))
    return None if rates is None else _noise(rates)


def mitigated_batches(section: MitigationSection, batches: Sequence[Batch]) -> list[Batch]:
    """Return what is submitted with mitigation: more circuits, of fewer shots each."""
    times = variants_of(section)
    return [batch._replace(circuits=batch.circuits * times) for batch in batches]


def amounts(section: MitigationSection, circuits: int, shots: int) -> tuple[int, int]:
    """Return all circuits and shots of a run that takes so many circuits without mitigation.

    Args:
        section: `[mitigation]`, `auto` resolved.
        circuits: Circuits without mitigation.
        shots: `backend.shots`; 0 is exact, and nothing is mitigated.
    """
    if not shots:
        return circuits, 0
    part = share(section, shots)
    calibrated = needs_calibration(section) and section.readout.source == "calibration"
    more = 2 if calibrated else 0
    each = circuits * part.circuits
    return each + more, each * part.shots + more * section.readout.shots


def variants_of_sample(
    section: MitigationSection, noise: Noise | None, circuits: Sequence[Circuit]
) -> list[Circuit]:
    """Return what runs in place of a few circuits; the circuits themselves where nothing changes.

    Args:
        section: `[mitigation]`, `auto` resolved.
        noise: What is assumed of the machine.
        circuits: As their gates are run.

    Raises:
        PlanError: The method cannot be applied.
    """
    if not needs_native(section.method):
        return list(circuits)
    method: Mitigation = load("mitigations", section.method).make(section, noise, None)
    return [v for i, c in enumerate(circuits) for v in method.expand(c, i).circuits]


def _noise(rates: Rates) -> Noise:
    return Noise(rates.one_qubit, rates.two_qubit, rates.readout)
