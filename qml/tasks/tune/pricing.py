"""The plan of a study: that of one trial, times the trials."""

from dataclasses import replace

from qml.config import Config
from qml.planning.plan import Plan
from qml.planning.purchase import Purchase


def whole_study(plan: Plan, config: Config) -> Plan:
    """Multiply the plan of one trial, with the settings that qml.toml has, by all trials."""
    tune = config.tune
    rivals = 2 if tune.rival == "random" and tune.sampler != "random" else 1
    times = tune.trials * tune.repeats * rivals + int(tune.refit and tune.task == "train")
    note = (
        f"{times:,} trials with the settings of qml.toml: larger circuits or more steps cost more;"
        " --max-cost holds for all of them together"
    )
    return replace(
        plan,
        circuits=plan.circuits * times,
        shots=plan.shots * times,
        purchases=tuple(_times(purchase, times) for purchase in plan.purchases),
        warnings=(*plan.warnings, note),
    )


def _times(purchase: Purchase, times: int) -> Purchase:
    return replace(
        purchase,
        circuits=purchase.circuits * times,
        shots=purchase.shots * times,
        one_qubit=purchase.one_qubit * times,
        two_qubit=purchase.two_qubit * times,
        jobs=purchase.jobs * times,
        low=purchase.low * times,
        expected=purchase.expected * times,
        high=purchase.high * times,
        seconds=None if purchase.seconds is None else purchase.seconds * times,
        vendor=None if purchase.vendor is None else purchase.vendor * times,
    )
