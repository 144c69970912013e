"""What the page shows of an outcome, by its schema: one module per kind."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, Protocol, cast

from qml.report.html.document import ReportDocument
from qml.report.markup import Markup

HOMES = {
    "qml.bench/1": "bench",
    "qml.compress/1": "compress",
    "qml.compress-circuit/1": "compress_circuit",
    "qml.measure/1": "measure",
    "qml.rival/1": "rival",
    "qml.sample-ising/1": "sample_ising",
    "qml.sample-llm/1": "sample_llm",
    "qml.sample-model/1": "sample_model",
    "qml.sample-qubo/1": "sample_qubo",
    "qml.screen/1": "screen",
    "qml.test/1": "test",
    "qml.train/1": "train",
    "qml.train-generative/1": "train_generative",
    "qml.trial/1": "trial",
    "qml.tune/1": "tune",
}


class Kind(Protocol):
    """What a module of this package offers.

    Attributes:
        SECTIONS: Build the sections between the head of the page and the record, in order; one
            that has nothing to show returns None.
    """

    SECTIONS: Sequence[Callable[[ReportDocument], Markup | None]]

    def about(self, outcome: Mapping[str, Any]) -> str:
        """Say in a few words what was done, and where."""
        ...

    def key_numbers(self, outcome: Mapping[str, Any]) -> Iterator[Markup]:
        """Yield the numbers that carry the verdict, made by `parts.number`."""
        ...


def kind_of(outcome: Mapping[str, Any] | None) -> Kind:
    """Return the module of an outcome's schema; that of a training where there is none yet."""
    name = HOMES[outcome["schema"]] if outcome else "train"
    return cast("Kind", import_module(f"qml.report.html.kinds.{name}"))
