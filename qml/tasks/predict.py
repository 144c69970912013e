"""`qml predict`: answers of a stored model for new rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from qml.errors import DataError, UsageError
from qml.session import cache_folder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qml.execution.evaluator import BackendEvaluator
    from qml.execution.stored_model import StoredModel

FORMATS = {".csv": "csv", ".parquet": "parquet", ".jsonl": "jsonl"}
NO_RUN = UUID(int=0)
"""Submissions of a prediction belong to no run."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a model says of rows.

    Attributes:
        codes: Class of each row as an integer, shape (rows,).
        probabilities: Shape (rows, classes), or None where the model has none (kernels).
        classes: Names of the classes, by code.
    """

    codes: "NDArray[np.int64]"
    probabilities: "NDArray[np.floating] | None"
    classes: tuple[str, ...]

    @property
    def labels(self) -> list[str]:
        """Name of each row's class."""
        return [self.classes[code] for code in self.codes.tolist()]


class Predictor:
    """A stored model on an open backend.

    Args:
        folder: `artifacts/` of a run.
        root: Folder of the project, which holds the user's own modules.
        environ: Environment variables.
    """

    def __init__(self, folder: Path, *, root: Path, environ: Mapping[str, str]) -> None:
        self.stored = _load(folder, root, environ)
        self._model = self.stored.build(root)
        self._evaluator = _evaluator(self.stored, root, environ)

    def predict(self, raw: Any) -> Answers:
        """Answer for raw features of shape (rows, columns), as the training file had them."""
        import numpy as np

        from qml.algorithms.models import KernelModel
        from qml.algorithms.training.kernel import KernelMachine

        features = self._prepare(np.asarray(raw))
        if isinstance(self._model, KernelModel):
            machine = KernelMachine(self._model, self.stored.params)
            codes = machine.predict(features.astype(float, copy=False), self._evaluator)
            return Answers(codes, None, self.stored.classes)
        return self._classify(features)

    def _prepare(self, raw: Any) -> Any:
        """Prepare the rows as the training rows were.

        Raises:
            DataError: There are no rows, or a value is missing or infinite.
        """
        import numpy as np

        from qml.engine.environment import setup

        if not len(raw):
            raise DataError("there are no rows to predict")
        setup(precision=self.stored.backend.precision)
        features = self.stored.preprocessor.transform(raw)
        if not np.isfinite(features).all():
            raise DataError(
                "the rows have missing or infinite values", hint="fill or drop those rows"
            )
        return features

    def _classify(self, features: Any) -> Answers:
        import numpy as np
        from scipy.special import softmax

        from qml.algorithms.models import KernelModel
        from qml.algorithms.training.predict import predictor

        assert not isinstance(self._model, KernelModel)
        typed = features.astype(self.stored.backend.precision, copy=False)
        logits = predictor(self._model, self._evaluator)(self.stored.params, typed)
        codes = np.argmax(logits, axis=1).astype(np.int64)
        return Answers(codes, softmax(logits, axis=1), self.stored.classes)


def predict_file(
    artifacts: Path,
    source: Path,
    output: Path,
    *,
    run_id: str,
    root: Path,
    environ: Mapping[str, str],
) -> dict[str, Any]:
    """Write the answers for every row of a file.

    Args:
        artifacts: `artifacts/` of a run.
        source: CSV, Parquet or NPZ with the training's columns; a target column is ignored.
        output: File to write; its suffix decides the format.
        run_id: Id of the run, for the document.
        root: Folder of the project.
        environ: Environment variables.

    Returns:
        The document `qml.predict/1`.

    Raises:
        DataError: The file lacks columns or has unusable values.
        UsageError: The suffix of `output` is unknown.
    """
    if output.suffix not in FORMATS:
        raise UsageError(
            f"cannot tell the format of {output.name}", hint=f"end it in {', '.join(FORMATS)}"
        )
    predictor = Predictor(artifacts, root=root, environ=environ)
    from qml.data import read_features

    raw = read_features(source, predictor.stored.preprocessor.feature_names)
    columns = _columns(predictor.predict(raw))
    _write(output, columns)
    return {
        "schema": "qml.predict/1",
        "run_id": run_id,
        "input": str(source),
        "output": str(output),
        "format": FORMATS[output.suffix],
        "rows": len(raw),
        "columns": list(columns),
    }


def _load(folder: Path, root: Path, environ: Mapping[str, str]) -> "StoredModel":
    from qml.engine.environment import setup
    from qml.execution.stored_model import load

    setup(cache_dir=cache_folder(root, environ), precision="float32")
    stored = load(folder)
    setup(precision=stored.backend.precision)
    return stored


def _evaluator(stored: "StoredModel", root: Path, environ: Mapping[str, str]) -> "BackendEvaluator":
    from qml.backends.registry import open_backend
    from qml.execution.direct import DirectRunner
    from qml.execution.evaluator import BackendEvaluator
    from qml.execution.meter import UsageMeter

    backend = open_backend(stored.backend, cache_folder(root, environ))
    runner = DirectRunner(backend, run=NO_RUN, meter=UsageMeter())
    return BackendEvaluator(backend, runner, shots=stored.backend.shots, seed=0)


def _columns(answers: Answers) -> dict[str, Any]:
    columns: dict[str, Any] = {"row": range(len(answers.codes)), "prediction": answers.labels}
    if answers.probabilities is not None:
        for code, name in enumerate(answers.classes):
            columns[f"p_{name}"] = answers.probabilities[:, code]
    return columns


def _write(output: Path, columns: dict[str, Any]) -> None:
    """Write through a temporary file, so that a reader never sees half of it."""
    import io

    import pandas as pd

    from qml.files import write_bytes

    frame = pd.DataFrame({name: list(values) for name, values in columns.items()})
    buffer = io.BytesIO()
    match FORMATS[output.suffix]:
        case "csv":
            frame.to_csv(buffer, index=False)
        case "parquet":
            frame.to_parquet(buffer, index=False)
        case "jsonl":
            frame.to_json(buffer, orient="records", lines=True)
    write_bytes(output, buffer.getvalue())
