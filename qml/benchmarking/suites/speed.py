"""`speed`: the training step of a batch, of this engine and of every peer that is installed.

The engine rides along in every cell, its steps and the peer's in turns, so that whatever slows the
machine down slows both. The column `qml` is the engine against a second process of itself: the
control, whose ratio is 1 within its interval.
"""

from math import inf

from qml.benchmarking.base import Cell, Metric, Place, Suite, Wanted
from qml.benchmarking.choice import chosen
from qml.benchmarking.measurements.step.options import PEERS

NAME = "speed"
RATIO = Metric(key="ratio", title="time / engine's", better="less", ends=(0, inf))
ALSO = (
    Metric(key="seconds", title="step", better="less", unit="s"),
    Metric(key="engine_seconds", title="engine's step", better="less", unit="s"),
    Metric(key="processor_ratio", title="processor time / engine's", better="less"),
    Metric(key="first_seconds", title="first step, compiled", better="less", unit="s"),
)
ROWS = {
    "layers-4x32": ("layers", 4, 32),
    "layers-8x32": ("layers", 8, 32),
    "reuploading-8x32": ("reuploading", 8, 32),
    "random-8x32": ("random", 8, 32),
    "layers-12x8": ("layers", 12, 8),
}
"""Circuit, qubits and rows of the batch by name; four layers."""


def build(wanted: Wanted) -> Suite:
    """Return the suite; rounds are its repetitions, so one seed is enough."""
    seed = wanted.seeds[0]
    rows = chosen(list(ROWS), wanted.data, "data", NAME)
    return Suite(
        name=NAME,
        title="One training step (value, gradient, Adam) beside every peer installed",
        metric=RATIO,
        also=ALSO,
        cells=[
            Cell(
                place=Place(NAME, peer, row, "-", seed),
                role="quantum" if peer == "qml" else "peer",
                verb="measure",
                settings={"measure.kind": "step", "measure.options": _options(peer, row)},
                alone=True,
            )
            for row in rows
            for peer in chosen(list(PEERS), wanted.models, "model", NAME)
        ],
        notes=(
            "Steps of peer and engine in turns; a ratio above 1 says that the engine is faster.",
            "Column `qml` is the control: the engine against a second process of itself.",
            "Loss and gradient of each peer are held against double precision first.",
            "Rounds repeat; further seeds would not, so only the first is used.",
        ),
    )


def _options(peer: str, row: str) -> dict[str, object]:
    circuit, wires, batch = ROWS[row]
    return {"peer": peer, "circuit": circuit, "wires": wires, "batch": batch}
