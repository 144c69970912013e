"""The models of the loss of one model, measured and held against cuts they have not seen."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from qml.compression.circuit.counts import Counts
from qml.compression.circuit.damage import Damage
from qml.compression.circuit.expansions import Expansion, agreement, expansions, held_out_cuts
from qml.config.sections.compress.circuits import CircuitSection
from qml.errors import InterruptedRunError
from qml.ports import Clock, Progress
from qml.seeds import Seeds


class Measured(NamedTuple):
    """The models of the loss, measured.

    Attributes:
        found: All of them.
        agreements: Rank correlation of each with true losses of held-out cuts.
        losses: True losses that were measured.
        seconds: Time of all of it (s).
    """

    found: list[Expansion]
    agreements: list[float]
    losses: int
    seconds: float

    @property
    def best(self) -> Expansion:
        """The one that orders held-out cuts best; the cheaper one of equals."""
        return self.found[int(np.argmax(self.agreements))]

    def named(self, name: str) -> Expansion:
        """Return one by its name."""
        return next(expansion for expansion in self.found if expansion.name == name)


def measure(
    damage: Damage,
    counts: Counts,
    section: CircuitSection,
    seeds: Seeds,
    *,
    progress: Progress,
    clock: Clock,
    stop: Callable[[], bool],
) -> Measured:
    """Measure all models of the loss, and hold them against true losses of held-out cuts.

    Raises:
        InterruptedRunError: Somebody asked to stop; there is no cut yet.
    """
    began, found = clock.monotonic(), []
    with progress.bar("measuring gates and weights", None) as bar:
        for expansion in expansions(damage, section.pairs):
            found.append(expansion)
            bar.advance(model=expansion.name, losses=f"{damage.evaluations:,}")
            if stop():
                raise InterruptedRunError("stopped before anything was cut")
        single = next(e.linear for e in found if e.name == "single")
        cuts = held_out_cuts(
            single, damage.pieces, counts, number=section.held_out, seed=seeds["held_out"]
        )
        losses = damage.losses(cuts)
    agreements = [agreement(expansion, cuts, losses) for expansion in found]
    return Measured(found, agreements, damage.evaluations, clock.monotonic() - began)
