"""The model that is pruned, with the training rows that decisions are made on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.models import Params, VariationalModel
from qml.compression.circuit.answering import logits_of, marks
from qml.compression.circuit.cutting import Cut
from qml.compression.circuit.damage import Damage
from qml.compression.circuit.pieces import Piece, pieces_of
from qml.compression.circuit.result import CutModel, cut_model
from qml.compression.circuit.retraining import retrain
from qml.config.sections.compress.circuits import CircuitSection
from qml.data import Rows
from qml.ports import Progress


class Ready(NamedTuple):
    """A cut, and what the training after it made of it.

    Attributes:
        cut: What was taken out.
        model: What is kept of it.
        loss: Its loss on the training rows of decisions (nats).
    """

    cut: Cut
    model: CutModel
    loss: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Whole:
    """A trained model, before anything is taken out.

    Attributes:
        model: The model.
        params: Its trained arrays.
        pieces: All that may go.
        features: Training rows that decisions are made on, shape (N, d).
        labels: Their classes, shape (N,).
        cut: The model, as a cut that takes nothing.
        teacher: Its logits on these rows, shape (N, classes).
    """

    model: VariationalModel
    params: Params
    pieces: tuple[Piece, ...]
    features: NDArray[np.floating]
    labels: NDArray[np.int64]
    cut: CutModel
    teacher: NDArray[np.float64]

    def damage(self) -> Damage:
        """Return what measures cuts."""
        return Damage(self.model, self.params, self.pieces, self.features, self.labels)

    def loss(self, model: CutModel) -> float:
        """Return the loss of a model on the rows (nats)."""
        logits = logits_of(self.model, model, self.features)
        return float(marks(logits, self.teacher, self.labels).nll.mean())

    def ready(self, cuts: Sequence[Cut]) -> list[Ready]:
        """Take pieces out, and nothing else."""
        models = [cut_model(self.params, self.pieces, cut.taken) for cut in cuts]
        return [Ready(c, m, c.loss) for c, m in zip(cuts, models, strict=True)]

    def retrained(
        self,
        cuts: Sequence[Cut],
        section: CircuitSection,
        *,
        progress: Progress,
        stop: Callable[[], bool],
    ) -> list[Ready]:
        """Take pieces out, and train what is left of every cut equally long."""
        found = []
        with progress.bar("training what is left", len(cuts)) as bar:
            for cut, model, _ in self.ready(cuts):
                done = retrain(
                    self.model,
                    model,
                    self.teacher,
                    self.features,
                    steps=section.steps,
                    learning_rate=section.learning_rate,
                    stop=stop,
                )
                found.append(Ready(cut, done.cut, self.loss(done.cut)))
                bar.advance(cut=cut.label, kl=f"{done.before:.3g} to {done.after:.3g}")
        return found


def whole_of(
    model: VariationalModel, params: Params, train: Rows, *, rows: int, seed: int, weights: bool
) -> Whole:
    """Draw the rows that decide, and list what may go.

    Args:
        model: The model.
        params: Its trained arrays.
        train: Prepared training rows.
        rows: Most of them that decide.
        seed: Draws them.
        weights: Whether classical weights may go too.
    """
    drawn = np.random.default_rng(seed).permutation(len(train))[:rows]
    places = np.sort(drawn)
    features = train.features[places]
    pieces = pieces_of(model, params, features)
    if not weights:
        pieces = [piece for piece in pieces if not piece.array]
    cut = cut_model(params, pieces, np.zeros(len(pieces), dtype=np.int8))
    return Whole(
        model=model,
        params=params,
        pieces=tuple(pieces),
        features=features,
        labels=train.labels[places],
        cut=cut,
        teacher=logits_of(model, cut, features),
    )
