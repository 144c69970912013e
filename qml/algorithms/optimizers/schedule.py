"""Learning rates over the steps of a run."""

from typing import Any

import optax

from qml.config.sections import TrainSection

WARM_UP = 0.1
FINAL = 0.01


def learning_rate(section: TrainSection, steps: int) -> Any:
    """Return the schedule that `[train]` names, over `steps` steps.

    `cosine` and `exponential` fall to 1 % of the first rate; `warmup_cosine` rises over the first
    tenth.
    """
    rate = section.learning_rate
    match section.schedule:
        case "constant":
            return rate
        case "cosine":
            return optax.cosine_decay_schedule(rate, max(steps, 1), alpha=FINAL)
        case "exponential":
            return optax.exponential_decay(rate, max(steps, 1), FINAL)
        case "warmup_cosine":
            warm_up = max(1, round(WARM_UP * steps))
            return optax.warmup_cosine_decay_schedule(
                0.0, rate, warm_up, max(steps, warm_up + 1), end_value=rate * FINAL
            )
