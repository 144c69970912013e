"""A stored model that answers for rows."""

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

    from qml.algorithms.models import Model
    from qml.execution.evaluator import BackendEvaluator
    from qml.execution.stored_model import StoredModel

NO_RUN = UUID(int=0)
"""Free predictions belong to no run."""


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


@dataclass(frozen=True, slots=True)
class Predictor:
    """A stored model on an open backend.

    Attributes:
        stored: The model as it was stored.
        model: Rebuilt from it.
        evaluator: Runs its circuits.
    """

    stored: "StoredModel"
    model: "Model"
    evaluator: "BackendEvaluator"

    def predict(self, raw: Any) -> Answers:
        """Answer for raw features of shape (rows, columns), as the training file had them."""
        return self.answer(prepared_rows(self.stored, raw))

    def answer(self, features: Any) -> Answers:
        """Answer for prepared rows."""
        from qml.algorithms.models import KernelModel
        from qml.algorithms.training.kernel import KernelMachine

        if isinstance(self.model, KernelModel):
            machine = KernelMachine(self.model, self.stored.params)
            codes = machine.predict(features.astype(float, copy=False), self.evaluator)
            return Answers(codes, None, self.stored.classes)
        return self._classify(features)

    def _classify(self, features: Any) -> Answers:
        import numpy as np
        from scipy.special import softmax

        from qml.algorithms.models import KernelModel
        from qml.algorithms.training.predict import predictor

        assert not isinstance(self.model, KernelModel)
        typed = features.astype(self.stored.backend.precision, copy=False)
        logits = predictor(self.model, self.evaluator)(self.stored.params, typed)
        codes = np.argmax(logits, axis=1).astype(np.int64)
        return Answers(codes, softmax(logits, axis=1), self.stored.classes)


def load_stored(folder: Path, *, root: Path, environ: Mapping[str, str]) -> "StoredModel":
    """Load a model and set the engine up for it.

    Args:
        folder: `artifacts/` of a run.
        root: Folder of the project.
        environ: Environment variables.
    """
    from qml.engine.environment import setup
    from qml.execution.stored_model import load

    setup(cache_dir=cache_folder(root, environ), precision="float32")
    stored = load(folder)
    setup(precision=stored.backend.precision)
    return stored


def open_predictor(folder: Path, *, root: Path, environ: Mapping[str, str]) -> Predictor:
    """Open a stored model on the simulator that it was trained on.

    Args:
        folder: `artifacts/` of a run.
        root: Folder of the project, which holds the user's own modules.
        environ: Environment variables.

    Raises:
        UsageError: It was trained on a vendor's machine, where answers are bought.
    """
    from qml.backends.registry import open_backend
    from qml.backends.remote import is_remote
    from qml.execution.direct import DirectRunner
    from qml.execution.evaluator import BackendEvaluator
    from qml.execution.meter import UsageMeter

    stored = load_stored(folder, root=root, environ=environ)
    backend = open_backend(stored.backend, cache_folder(root, environ), environ)
    if is_remote(backend):
        raise UsageError(
            f"the model was trained on `{stored.backend.name}`, where answers are bought",
            hint="`qml predict RUN FILE` plans and buys them; --backend jax answers for nothing",
        )
    runner = DirectRunner(backend, run=NO_RUN, meter=UsageMeter())
    evaluator = BackendEvaluator(backend, runner, shots=stored.backend.shots, seed=0)
    return Predictor(stored, stored.build(root), evaluator)


def prepared_rows(stored: "StoredModel", raw: Any) -> Any:
    """Prepare rows as the training rows were.

    Raises:
        DataError: There are no rows, or a value is missing or infinite.
    """
    import numpy as np

    from qml.engine.environment import setup

    rows = np.asarray(raw)
    if not len(rows):
        raise DataError("there are no rows to predict")
    setup(precision=stored.backend.precision)
    features = stored.preprocessor.transform(rows)
    if not np.isfinite(features).all():
        raise DataError("the rows have missing or infinite values", hint="fill or drop those rows")
    return features
