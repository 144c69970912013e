"""The searches of one study: the sampler's, further ones with other seeds, and random rivals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qml.config import Config
from qml.config.space import Parameter
from qml.errors import ConfigError
from qml.files import digest_json
from qml.plugins import load
from qml.seeds import Seeds, derive
from qml.tasks.tune.objective import Objective
from qml.tasks.tune.search import MakeSampler, Search

if TYPE_CHECKING:
    from optuna.pruners import BasePruner
    from optuna.samplers import BaseSampler
    from optuna.storages import BaseStorage

RANDOM = "random"
SIGNATURE = "qml"
AMOUNTS = frozenset(
    {"trials", "seconds", "parallel", "used", "repeats", "rival", "refit", "study", "timeout"}
)
"""Keys of `[tune]` that may change while a study goes on: they decide how much, not what."""
APART = ("budget", "ledger", "pricing", "project", "tracking", "checkpoint", "baselines")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One search of a study.

    Attributes:
        name: Name of the search in the storage.
        sampler: Name of its sampler.
        repeat: Which of the repeated searches, from 0.
        seed: Root of the seeds of its trials.
    """

    name: str
    sampler: str
    repeat: int
    seed: int

    @property
    def place(self) -> str:
        """Its name within the study, whatever the study is called."""
        return f"{self.sampler}/{self.repeat}"


def lanes(config: Config, name: str, seeds: Seeds) -> list[Lane]:
    """Return the searches of a study; the first is the one that was asked for."""
    found = []
    for repeat in range(config.tune.repeats):
        suffix = f"/{repeat + 1}" if repeat else ""
        for sampler in _samplers(config):
            rival = f"/{RANDOM}" if sampler is not config.tune.sampler else ""
            seed = seeds[f"searches/{repeat}{rival}"]
            found.append(
                Lane(name=f"{name}{suffix}{rival}", sampler=sampler, repeat=repeat, seed=seed)
            )
    return found


def _samplers(config: Config) -> list[str]:
    rival = [RANDOM] if config.tune.rival == RANDOM and config.tune.sampler != RANDOM else []
    return [config.tune.sampler, *rival]


def open_search(
    lane: Lane,
    storage: "BaseStorage",
    config: Config,
    objective: Objective,
    space: Sequence[Parameter],
) -> Search:
    """Open one search, and refuse to mix it with trials of another kind.

    Raises:
        ConfigError: The study was begun with other settings.
    """
    search = Search(
        storage,
        lane.name,
        sampler=maker(lane, config.tune.options if lane.sampler != RANDOM else {}),
        pruner=pruner_of(config),
        objective=objective,
        space=space,
    )
    mine, theirs = _signature(config), search.study.user_attrs.get(SIGNATURE)
    if theirs is None:
        search.study.set_user_attr(SIGNATURE, mine)
    elif theirs != mine:
        apart = ", ".join(k for k in mine if mine[k] != theirs.get(k))
        raise ConfigError(
            f"the study `{lane.name}` was begun with other settings: {apart}",
            hint="its trials cannot be compared with new ones: give this study another --study",
        )
    return search


def maker(lane: Lane, options: dict[str, Any]) -> MakeSampler:
    """Return what makes the sampler of each trial of a search."""
    make = load("searchers", lane.sampler)

    def sampler(number: int) -> "BaseSampler":
        found: BaseSampler = make(seed=derive(lane.seed, f"trials/{number}"), options=options)
        return found

    return sampler


def pruner_of(config: Config) -> "BasePruner":
    """Return the pruner that `[tune]` names."""
    from optuna.pruners import HyperbandPruner, MedianPruner, NopPruner

    match config.tune.pruner:
        case "median":
            return MedianPruner(n_startup_trials=5, n_warmup_steps=1)
        case "hyperband":
            return HyperbandPruner(min_resource=1, max_resource=max(1, config.train.epochs))
        case _:
            return NopPruner()


def _signature(config: Config) -> dict[str, str]:
    """Return digests of all that decides what a trial's value means."""
    document = config.document()
    tune = {k: v for k, v in document.pop("tune").items() if k not in AMOUNTS}
    rest = {k: v for k, v in document.items() if k not in APART}
    parts = {f"tune.{k}": v for k, v in tune.items()} | rest
    return {key: digest_json(value)[:12] for key, value in sorted(parts.items())}
