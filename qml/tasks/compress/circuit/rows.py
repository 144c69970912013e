"""The whole model and every cut in one table, on held-out rows."""

from typing import TYPE_CHECKING, Any

from qml.compression.circuit.answering import Marks, logits_of, marks
from qml.compression.circuit.cutting import Cut
from qml.compression.circuit.result import CutModel, sizes
from qml.config import Config
from qml.results.bootstrap import Resampling, resampling
from qml.results.intervals import wilson
from qml.tasks.compress.circuit.prices import price_of
from qml.tasks.compress.circuit.source import Source

if TYPE_CHECKING:
    from qml.planning.site import Site

WHOLE = "whole"


class Table:
    """Judges models on the test rows, and prices them.

    Args:
        source: The whole model and its rows.
        whole: The whole model, as a cut that takes nothing.
        config: What predictions are priced with.
        site: Where.
        seed: Feeds the bootstrap.
    """

    def __init__(
        self, source: Source, whole: CutModel, config: Config, site: "Site", *, seed: int
    ) -> None:
        self._source, self._config, self._site = source, config, site
        self._test = source.data.test
        self._teacher = logits_of(source.model, whole, self._test.features)
        self._draws: Resampling = resampling(self._test.index, seed=seed)

    def row(self, label: str, cut: CutModel, **facts: Any) -> dict[str, Any]:
        """Judge and price one model."""
        logits = logits_of(self._source.model, cut, self._test.features)
        found = marks(logits, self._teacher, self._test.labels)
        model = cut.model(self._source.model)
        return {
            "label": label,
            **sizes(self._source.model, cut),
            **self._judged(found),
            "price": price_of(self._config, model, self._site, self._source.data.train.features),
            **facts,
        }

    def _judged(self, found: Marks) -> dict[str, Any]:
        right = int(found.right.sum())
        kl = self._draws.interval(found.kl)
        return {
            "accuracy": right / len(found.right),
            "accuracy_ci": list(wilson(right, len(found.right))),
            "kl": kl.mean,
            "kl_ci": [kl.low, kl.high],
            "loss": float(found.nll.mean()),
        }


def whole_facts(train_loss: float) -> dict[str, Any]:
    """Return what the table says of the whole model's making."""
    return {
        "chosen": False,
        "rival": True,
        "train_loss_cut": train_loss,
        "train_loss": train_loss,
        "expected": None,
        "bound": None,
        "evaluations": None,
        "losses": 0,
        "rounds": None,
        "seconds": 0.0,
        "note": "",
    }


def cut_facts(cut: Cut, train_loss: float, *, chosen: bool, rival: bool) -> dict[str, Any]:
    """Return what the table says of a cut's making.

    Args:
        cut: What was taken out.
        train_loss: Loss on the training rows of decisions, after the training that followed.
        chosen: Whether it is the one that is kept.
        rival: Whether it is only shown beside the solver's.
    """
    return {
        "chosen": chosen,
        "rival": rival,
        "train_loss_cut": cut.loss,
        "train_loss": train_loss,
        "expected": cut.expected,
        "bound": cut.bound,
        "evaluations": cut.evaluations,
        "losses": cut.losses,
        "rounds": cut.rounds,
        "seconds": cut.seconds,
        "note": cut.note,
    }
