"""Metrics of steps: kept on the device until somebody needs them, then written in one go."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, Protocol

from qml.errors import UsageError

MOST_PENDING = 256


class MetricsSink(Protocol):
    """Takes rows of metrics."""

    def write(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep the rows, each with `step` and `epoch`."""
        ...


class StepJournal:
    """Collects what steps tell without waiting for the device at each one.

    Args:
        sink: Where rows go.
        per_epoch: Steps of an epoch.
    """

    def __init__(self, sink: MetricsSink, per_epoch: int) -> None:
        self._sink = sink
        self._per_epoch = per_epoch
        self._pending: list[tuple[int, Any, Any]] = []
        self.loss = float("nan")
        self.accuracy: float | None = float("nan")

    def add(self, step: int, loss: Any, accuracy: Any) -> bool:
        """Remember a step; returns whether the memory is full and `flush` is due.

        A model that classifies nothing has an accuracy of None.
        """
        self._pending.append((step, loss, accuracy))
        return len(self._pending) >= MOST_PENDING

    def flush(self) -> None:
        """Write what is remembered.

        Raises:
            UsageError: A loss is not finite; training diverged.
        """
        rows = [
            {
                "step": step,
                "epoch": (step - 1) // self._per_epoch + 1,
                "loss": float(loss),
                **({} if accuracy is None else {"accuracy": float(accuracy)}),
            }
            for step, loss, accuracy in self._pending
        ]
        self._pending.clear()
        bad = next((r for r in rows if not isfinite(r["loss"])), None)
        self._sink.write([r for r in rows if isfinite(r["loss"])])
        if bad is not None:
            raise UsageError(
                f"training diverged: the loss of step {bad['step']} is {bad['loss']}",
                hint="lower train.learning_rate, or set train.clip = 1.0",
            )
        if rows:
            self.loss, self.accuracy = rows[-1]["loss"], rows[-1].get("accuracy")

    def facts(self) -> dict[str, str]:
        """Tell the last loss and, where the model has one, the last accuracy."""
        told = {"loss": f"{self.loss:.4f}"}
        return told if self.accuracy is None else {**told, "accuracy": f"{self.accuracy:.3f}"}

    def note(self, step: int, facts: Mapping[str, float]) -> None:
        """Write further facts of a step, e.g. the validation loss."""
        self.flush()
        epoch = (step - 1) // self._per_epoch + 1
        self._sink.write([{"step": step, "epoch": epoch, **facts}])
