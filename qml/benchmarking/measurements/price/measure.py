"""One cell: what it costs to reach an accuracy on one machine, or without any.

The training is rehearsed on a simulator with the shots and gradient that would be bought, under the
machine's noise where it is published. Validation rows decide after which epoch the target is
reached; the training that ends there is carried out, and its answers to the test rows must reach
the target too. That training is what is priced.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from qml.benchmarking.measurements.base import Measured, Rehearsed, Surroundings, Trade
from qml.benchmarking.measurements.price.options import PriceOptions, read
from qml.errors import PlanError

NEVER = 1_000_000
"""More epochs than a training has: it validates after each, and never stops early."""


class Bought(NamedTuple):
    """A training that reaches the target.

    Attributes:
        shots: Shots of a circuit.
        steps: Steps that it takes.
        run: The rehearsal that ends there.
        validation_accuracy: What it reached on the validation rows.
    """

    shots: int
    steps: int
    run: Rehearsed
    validation_accuracy: float


def check(options: Mapping[str, Any]) -> None:
    """Refuse options that cannot be used.

    Raises:
        ConfigError: One is unknown, missing or out of range.
    """
    read(options)


def measure(options: Mapping[str, Any], around: Surroundings) -> Measured:
    """Rehearse and price.

    Raises:
        PlanError: The measurement is made outside of a run, where nobody trains for it.
    """
    asked = read(options)
    if around.trade is None:
        raise PlanError("a price is measured in a run", hint="qml bench --suite cost")
    if asked.rival is not None:
        return _classical(asked, asked.rival, around.trade)
    assert asked.device is not None
    return _quantum(asked, asked.device, around.trade)


def _classical(asked: PriceOptions, name: str, trade: Trade) -> Measured:
    found = trade.rival({"rival.name": name})
    if asked.target != "best" and found.test_accuracy < asked.target:
        return Measured(
            skipped=f"not reached: {asked.target:g}; its test accuracy is {found.test_accuracy:.3f}"
        )
    return Measured(
        metrics={
            "price": 0.0,
            "price_low": 0.0,
            "price_high": 0.0,
            "test_accuracy": found.test_accuracy,
            "seconds": found.seconds,
        },
        facts={"run_id": found.run_id, "currency": "USD"},
        timings=("seconds",),
    )


def _quantum(asked: PriceOptions, device: str, trade: Trade) -> Measured:
    tried: list[str] = []
    for shots in asked.shots:
        settings = rehearsal(asked, shots)
        bought = _reached(asked, shots, settings, trade, tried)
        if bought is not None:
            return _priced(asked, device, bought, settings, trade)
    return Measured(skipped=f"not reached: {asked.target}; {'; '.join(tried)}")


def rehearsal(asked: PriceOptions, shots: int) -> dict[str, Any]:
    """Return the settings of a training on a simulator as the machine would carry it out."""
    simulator = "jax" if asked.noise is None else "aer"
    return {
        "backend.name": simulator,
        "backend.route": [],
        "backend.shots": shots,
        "backend.noise.model": asked.noise,
        "baselines.enabled": False,
        "train.patience": NEVER,
    }


def _reached(
    asked: PriceOptions,
    shots: int,
    settings: Mapping[str, Any],
    trade: Trade,
    tried: list[str],
) -> Bought | None:
    """Find the first epoch that reaches the target, and train to its end and no further."""
    whole = trade.train(settings)
    best = max(accuracy for _, accuracy in whole.validated)
    target = best if asked.target == "best" else asked.target
    steps, accuracy = next(((s, a) for s, a in whole.validated if a >= target), (0, best))
    if accuracy < target:
        tried.append(f"with {shots} shots {best:.3f} of the validation rows at best")
        return None
    ended = trade.train({**settings, "train.steps": steps})
    if asked.target != "best" and ended.test_accuracy < target:
        tried.append(f"with {shots} shots {ended.test_accuracy:.3f} of the test rows")
        return None
    return Bought(shots, steps, ended, accuracy)


def _priced(
    asked: PriceOptions, device: str, bought: Bought, settings: Mapping[str, Any], trade: Trade
) -> Measured:
    plan = {**settings, "backend.noise.model": None, "train.steps": bought.steps}
    price = trade.price(plan, device)
    return Measured(
        metrics={
            "price": float(price.expected),
            "price_low": float(price.low),
            "price_high": float(price.high),
            "test_accuracy": bought.run.test_accuracy,
            "validation_accuracy": bought.validation_accuracy,
            "shots": bought.shots,
            "steps": bought.steps,
            "circuits": price.circuits,
            "all_shots": price.shots,
            "seconds": bought.run.seconds,
        },
        facts={
            "currency": price.currency,
            "prices": [str(price.low), str(price.expected), str(price.high)],
            "notes": list(price.notes),
            "run_id": bought.run.run_id,
            "noise": asked.noise or "shot noise alone: no model of this machine is published",
        },
        timings=("seconds",),
    )
