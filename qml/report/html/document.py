"""What the HTML report is made of: plain JSON values."""

from typing import Any, NotRequired, TypedDict

from qml.report.svg.drawing import Drawing


class Confusion(TypedDict):
    """Confusion matrix on the test rows.

    Attributes:
        classes: Names of the classes.
        matrix: Numbers of rows, shape (classes, classes): true class first, predicted second.
    """

    classes: list[str]
    matrix: list[list[int]]


class ReportDocument(TypedDict):
    """`qml.run/1` with what is drawn. Whatever is None or empty is left out of the page.

    Attributes:
        run_id: Id of the run.
        name: Name that a person gave it, or None.
        status: Where the run stands.
        run_dir: Folder of the run.
        manifest: `qml.manifest/1`.
        outcome: Outcome of a finished run, by any schema of `qml.report.html.kinds`, else None.
        metrics: Rows of `metrics.jsonl`, in order: `step` (or `epoch`) and any of `loss`,
            `validation_loss`, `accuracy`, `train_accuracy`, `validation_accuracy`; a key may come
            with its 95 % interval `<key>_ci`: [low, high]. Values that a row lacks are skipped.
        confusion: Confusion matrix, or None.
        circuit: The circuit of one sample, or None.
    """

    run_id: str
    name: str | None
    status: str
    run_dir: str
    manifest: dict[str, Any]
    outcome: dict[str, Any] | None
    metrics: NotRequired[list[dict[str, Any]]]
    confusion: NotRequired[Confusion | None]
    circuit: NotRequired[Drawing | None]
