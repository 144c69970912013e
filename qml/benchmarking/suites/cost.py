"""`cost`: the price to reach an accuracy, on each machine that is for hire and on none.

Nothing is sent: trainings are rehearsed on simulators with the shots and the gradient that would be
bought, and priced by dated tariffs. Machines are the backends of the matrix; classical models stand
beside them for nothing.
"""

from collections.abc import Iterator, Mapping
from math import inf
from typing import Any

from qml.benchmarking.base import Cell, Metric, Place, Suite, Wanted
from qml.benchmarking.choice import chosen

NAME = "cost"
PRICE = Metric(key="price", title="price to reach it", better="less", unit="USD", ends=(0, inf))
ALSO = (
    Metric(key="price_low", title="least", better="less", unit="USD"),
    Metric(key="price_high", title="most", better="less", unit="USD"),
    Metric(key="test_accuracy", title="test accuracy", better="more"),
    Metric(key="steps", title="steps", better="less"),
    Metric(key="shots", title="shots a circuit", better="less"),
    Metric(key="seconds", title="training here", better="less", unit="s"),
)
DEVICES: Mapping[str, str | None] = {
    "ionq.forte-1": "forte-1",
    "azure.aria-1": "aria-1",
    "braket.garnet": None,
    "ibm.ibm_fez": None,
}
"""Machines with the published model of their noise, where there is one."""

TARGETS: Mapping[str, float | str] = {"0.8": 0.8, "0.9": 0.9, "best": "best"}
RIVALS = ("logistic_regression", "rbf_svc")
SHOTS = [50, 500]
DATA = {
    "linearly_separable": {"data.options": {"features": 2, "rows": 120}, "data.features": 2},
}
MODELS = {"variational": "ring", "separable": "separable"}
TRAINING = {
    "data.validation_fraction": 0.25,
    "model.kind": "variational",
    "model.qubits": 2,
    "model.layers": 1,
    "model.encoding": "angle",
    "train.epochs": 12,
    "train.batch_size": 8,
    "train.learning_rate": 0.1,
    "train.gradient": "spsa",
}


def build(wanted: Wanted) -> Suite:
    """Return the suite; backends that are no machines for hire stand for all machines."""
    hired = [name for name in wanted.backends if "." in name and name != "default.qubit"]
    rows = chosen([f"{d}>={t}" for d in DATA for t in TARGETS], wanted.data, "data", NAME)
    columns = chosen([*MODELS, *RIVALS], wanted.models, "model", NAME)
    return Suite(
        name=NAME,
        title="The price to reach an accuracy; nothing is sent",
        metric=PRICE,
        also=ALSO,
        cells=[
            cell
            for row in rows
            for column in columns
            for seed in wanted.seeds
            for cell in _cells(row, column, hired or list(DEVICES), seed)
        ],
        notes=(
            "Rehearsed on a simulator with the shots and gradient that would be bought, under the",
            "machine's noise where a model of it is published; priced by the shipped tariffs.",
            "`not reached` is an outcome: such cells have no price.",
        ),
    )


def _cells(row: str, column: str, devices: list[str], seed: int) -> Iterator[Cell]:
    data, target = row.split(">=")
    settings = {"data.name": data, **DATA[data], **TRAINING}
    asked = {"target": TARGETS[target]}
    if column in RIVALS:
        yield _cell(row, column, "-", seed, settings, {**asked, "rival": column})
        return
    settings["model.ansatz"] = MODELS[column]
    for device in devices:
        options = {**asked, "device": device, "shots": SHOTS, "noise": DEVICES.get(device)}
        yield _cell(row, column, device, seed, settings, options)


def _cell(
    row: str,
    column: str,
    device: str,
    seed: int,
    settings: Mapping[str, Any],
    options: Mapping[str, Any],
) -> Cell:
    roles = {"variational": "quantum", "separable": "twin"}
    return Cell(
        place=Place(NAME, column, row, device, seed),
        role=roles.get(column, "classical"),  # type: ignore[arg-type]
        verb="measure",
        settings={
            **settings,
            "backend.name": "jax",
            "measure.kind": "price",
            "measure.options": {k: v for k, v in options.items() if v is not None},
        },
    )
