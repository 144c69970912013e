"""Which method of error mitigation: what each is predicted to do to the error, and to the price.

A method that spends shots can make things worse where shots are few (arXiv:2605.08251), so each is
compared with no mitigation at the same number of shots; `auto` takes the least mean squared error
times price (the resource-normalised improvement of Russo et al., arXiv:2210.07194).
"""

from collections.abc import Sequence
from dataclasses import replace
from math import hypot

from qml.config.sections import MitigationSection
from qml.errors import PlanError
from qml.mitigation.base import Noise
from qml.mitigation.error import Case, Error
from qml.planning.mitigation.candidates import Price, candidates, forecast, impossible
from qml.planning.mitigation.choice import Choice, Forecast, said

MATTERS = 0.05
"""Change of the mean squared error, as a share, that a method is taken or refused for."""
SURE = 2.0
"""Standard errors of a predicted difference that it has to exceed."""


def plan_mitigation(
    section: MitigationSection,
    noise: Noise | None,
    cases: Sequence[Case],
    shots: int,
    *,
    price: Price,
    spelled: bool,
) -> Choice:
    """Predict, refuse, choose.

    Args:
        section: `[mitigation]`.
        noise: What is assumed of the machine; None where nothing is known.
        cases: A few circuits of the kind that will run.
        shots: `backend.shots`.
        price: Prices the run by each method.
        spelled: Whether circuits are told as their gates are run, and may be changed.

    Raises:
        PlanError: The method that was asked for would make it worse, or cannot be applied.
    """
    plain = forecast(
        section.model_copy(update={"method": "none"}), noise, cases, shots, price=price
    )
    found = [plain]
    for wanted in candidates(section, noise, spelled=spelled):
        try:
            found.append(_judged(forecast(wanted, noise, cases, shots, price=price), plain, shots))
        except PlanError as error:
            if section.method != "auto":
                raise
            found.append(impossible(wanted, error, shots))
    chosen = _least(found, plain) if section.method == "auto" else _asked(section, found)
    return Choice(
        section=section.model_copy(
            update={"method": chosen.section.method, "zne": chosen.section.zne}
        ),
        chosen=chosen,
        plain=plain,
        forecasts=tuple(found),
    )


def _judged(found: Forecast, plain: Forecast, shots: int) -> Forecast:
    """Refuse what is predicted to make the error larger, beyond what the prediction may err."""
    if found.error is None or plain.error is None or not clear(plain.error, found.error):
        return found
    grown = (found.error.deviation / plain.error.deviation) ** 2 if plain.error.deviation else 1.0
    reason = (
        f"{found.name} needs {grown:.1f}x the shots for the same variance; at"
        f" {shots * found.section.overhead:,.0f} shots the error would grow from"
        f" {said(plain.error)} to {said(found.error)}"
    )
    return replace(found, refused=reason)


def _least(found: Sequence[Forecast], plain: Forecast) -> Forecast:
    """Return the method of the least error squared times price, or none."""
    if plain.error is None:
        return plain

    def score(forecast: Forecast) -> float:
        assert forecast.error is not None
        relative = float(forecast.price / plain.price) if plain.price else 1.0
        return forecast.error.square * relative

    usable = [f for f in found if f.error is not None and f.refused is None]
    best = min(usable, key=score)
    assert best.error is not None
    relative = float(best.price / plain.price) if plain.price else 1.0
    return best if clear(best.error, plain.error, relative) else plain


def clear(less: Error, more: Error, factor: float = 1.0) -> bool:
    """Whether `more` is larger than `factor` times `less`, by a share that matters and surely."""
    gap = more.square - factor * less.square
    doubt = hypot(more.uncertainty, factor * less.uncertainty)
    return gap > MATTERS * min(more.square, factor * less.square) and gap > SURE * doubt


def _asked(section: MitigationSection, found: Sequence[Forecast]) -> Forecast:
    """Return the method that was asked for.

    Raises:
        PlanError: It is refused.
    """
    chosen = found[-1]
    if chosen.refused is not None and section.refuse:
        raise PlanError(
            f"{chosen.refused}: refused",
            hint='raise backend.shots, set mitigation.method = "auto", or'
            " mitigation.refuse = false to do it nevertheless",
        )
    return chosen
