"""Methods of error mitigation that could be: what each is predicted to do, at which price."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from qml.config.sections import MitigationSection
from qml.errors import PlanError
from qml.mitigation.base import Noise
from qml.mitigation.decay import estimated
from qml.mitigation.error import Case, Error
from qml.mitigation.forecast import computed, fits
from qml.mitigation.shares import share
from qml.planning.mitigation.choice import Forecast

FITS = ("richardson", "linear", "exponential")

Price = Callable[[MitigationSection], Decimal]


def candidates(
    section: MitigationSection, noise: Noise | None, *, spelled: bool
) -> Iterator[MitigationSection]:
    """Return what is looked at: the method that is named, or all that could be."""
    if section.method != "auto":
        yield from [section] if section.method != "none" else []
        return
    if noise is None or noise.readout:
        yield section.model_copy(update={"method": "readout"})
    if spelled:
        for fit in FITS:
            zne = section.zne.model_copy(update={"fit": fit})
            yield section.model_copy(update={"method": "zne", "zne": zne})
        yield section.model_copy(update={"method": "pec"})
    yield section.model_copy(update={"method": "symmetry"})


def forecast(
    section: MitigationSection,
    noise: Noise | None,
    cases: Sequence[Case],
    shots: int,
    *,
    price: Price,
) -> Forecast:
    """Predict what a method does.

    Raises:
        PlanError: It runs more circuits than there are shots, or cannot be applied.
    """
    part = share(section, shots)
    if part.circuits > shots * section.overhead:
        raise PlanError(
            f"{section.method} runs {part.circuits} circuits in place of one, which share"
            f" {shots * section.overhead:.0f} shots",
            hint="raise backend.shots, or lower mitigation.pec.circuits",
        )
    error, how = _predicted(section, noise, cases, shots)
    return Forecast(
        name=_name(section),
        section=section,
        error=error,
        factor=part.circuits * part.shots / shots,
        circuits=part.circuits,
        price=price(section),
        refused=None,
        how=how,
    )


def _predicted(
    section: MitigationSection, noise: Noise | None, cases: Sequence[Case], shots: int
) -> tuple[Error | None, str]:
    if noise is None:
        return None, "nothing is known of the machine's noise: see [mitigation.noise]"
    if section.method == "debiasing":
        return None, "what the vendor does is not modelled"
    if fits(section, cases):
        return computed(section, noise, cases, shots), "density matrix"
    return estimated(section, noise, cases, shots), "closed form, expectations of 1/2 assumed"


def impossible(section: MitigationSection, error: PlanError, shots: int) -> Forecast:
    """Say why a method cannot be applied."""
    part = share(section, shots)
    return Forecast(
        name=_name(section),
        section=section,
        error=None,
        factor=part.circuits * part.shots / shots,
        circuits=part.circuits,
        price=Decimal(0),
        refused=error.message,
        how="",
    )


def _name(section: MitigationSection) -> str:
    return f"zne ({section.zne.fit})" if section.method == "zne" else section.method
