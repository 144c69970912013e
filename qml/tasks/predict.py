"""`qml predict`: answers of a stored model for new rows."""

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Loaded
from qml.errors import UsageError
from qml.files import FileLock
from qml.records import RunFolder
from qml.session import World, cache_folder, cap_run, open_project_ledger, open_runner
from qml.tasks.predictor import Answers, Predictor, load_stored, prepared_rows
from qml.tasks.rows import RowsToAnswer, rows_of_file, rows_of_test

if TYPE_CHECKING:
    from qml.config import Config
    from qml.execution.stored_model import StoredModel
    from qml.planning.plan import Plan

FORMATS = {".csv": "csv", ".parquet": "parquet", ".jsonl": "jsonl"}
LOCK = ".predict.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """Answers that could be computed.

    Attributes:
        run: The run whose model answers; what is bought is bought for it.
        stored: The model, on the backend that answers.
        config: Configuration of the project, with that backend.
        features: Prepared rows.
        rows: The rows as they were before, and their labels where those are known.
        output: File to write.
    """

    run: RunFolder
    stored: "StoredModel"
    config: "Config"
    features: Any
    rows: RowsToAnswer
    output: Path


def prepare_prediction(
    run: RunFolder,
    source: Path | int,
    output: Path,
    loaded: Loaded,
    world: World,
    *,
    backend: str | None = None,
    shots: int | None = None,
) -> Prediction:
    """Load model and rows; nothing is run.

    Args:
        run: A finished run.
        source: CSV, Parquet or NPZ with the training's columns, whose target column is ignored; or
            how many of the run's own test rows.
        output: File to write; its suffix decides the format.
        loaded: Configuration of the project: budget, prices, ledger.
        world: Environment, clock and progress.
        backend: Backend that answers; the one that the model was trained on where None.
        shots: Shots of a circuit; as in the training where None.

    Raises:
        DataError: The file lacks columns or has unusable values.
        UsageError: The suffix of `output` is unknown.
    """
    if output.suffix not in FORMATS:
        raise UsageError(
            f"cannot tell the format of {output.name}", hint=f"end it in {', '.join(FORMATS)}"
        )
    stored = load_stored(run.artifacts, root=loaded.root, environ=world.environ)
    rows = (
        rows_of_test(run, source, loaded.root, world)
        if isinstance(source, int)
        else rows_of_file(source, stored)
    )
    features = prepared_rows(stored, rows.raw)
    if backend is not None:
        stored = replace(stored, backend=_on(stored, backend))
    if shots is not None:
        section = stored.backend.model_copy(update={"shots": shots})
        stored = replace(stored, backend=section)
    return Prediction(
        run=run,
        stored=stored,
        config=_configured(stored, loaded.config),
        features=features,
        rows=rows,
        output=output,
    )


def _configured(stored: "StoredModel", project: "Config") -> "Config":
    """Return the project's configuration with the backend that answers."""
    from qml.planning.mitigation.work import switched

    on_unknown = {"on_unknown": project.backend.on_unknown}
    backend = stored.backend.model_copy(update=on_unknown)
    return switched(project.model_copy(update={"backend": backend}))


def plan_prediction(prediction: Prediction, root: Path, world: World) -> "Plan":
    """Plan the answers, with their price."""
    from qml.planning.prediction import plan_prediction as plan
    from qml.tasks.site import open_site

    stored = prediction.stored
    with open_site(prediction.config, world) as site:
        return plan(
            prediction.config,
            stored.build(root),
            site,
            prediction.features,
            parameters=sum(int(a.size) for a in stored.params.values()),
            support=len(stored.params.get("support", ())),
        )


def predict(
    prediction: Prediction, root: Path, world: World, *, most: Decimal | None = None
) -> dict[str, Any]:
    """Write the answers for every row of a file.

    Args:
        prediction: What `prepare_prediction` returned.
        root: Folder of the project.
        world: Environment, clock and progress.
        most: Most that these answers may cost; where None only the caps that there are limit it.

    Returns:
        The document `qml.predict/1`.
    """
    if most is not None:
        total = run_total(prediction.run.id, most, prediction.config, root, world)
        cap_run(prediction.run, total, prediction.config, root, world)
    answers = _answers(prediction, root, world)
    columns = _columns(answers, prediction.rows)
    _write(prediction.output, columns)
    return {
        "schema": "qml.predict/1",
        "run_id": prediction.run.id,
        "input": prediction.rows.told,
        "output": str(prediction.output),
        "format": FORMATS[prediction.output.suffix],
        "rows": len(prediction.features),
        "columns": list(columns),
        **_accuracy(answers, prediction.rows),
    }


def run_total(run_id: str, most: Decimal, config: "Config", root: Path, world: World) -> Decimal:
    """Return what a run may cost altogether where it may cost so much more from now on."""
    with open_project_ledger(config, root, world) as ledger:
        balance = ledger.balance(f"run:{run_id}")
    return balance.settled + balance.reserved + most


def _answers(prediction: Prediction, root: Path, world: World) -> Answers:
    """Run the circuits; two processes that buy the same answers take turns."""
    from qml.backends.registry import open_backend
    from qml.execution.meter import UsageMeter
    from qml.execution.mitigated import open_evaluator
    from qml.files import digest_json

    run, stored = prediction.run, prediction.stored
    config = _mitigated(prediction, root, world)
    backend = open_backend(config.backend, cache_folder(root, world.environ), world.environ)
    try:
        with (
            FileLock(run.path / LOCK),
            open_runner(
                run,
                backend,
                config,
                trail=run.predictions_path,
                meter=UsageMeter(),
                stop=None,
                world=world,
                root=root,
            ) as runner,
        ):
            evaluator = open_evaluator(config, backend, runner, seed=0)
            evaluator.begin(f"predict/{digest_json(prediction.features.tolist())[:12]}")
            found = Predictor(stored, stored.build(root), evaluator).answer(prediction.features)
            runner.finish()
            return found
    finally:
        backend.close()


def _mitigated(prediction: Prediction, root: Path, world: World) -> "Config":
    """Return the configuration with the method of error mitigation that planning chose."""
    config = prediction.config
    if config.mitigation.method == "none":
        return config
    choice = plan_prediction(prediction, root, world).mitigation
    assert choice is not None
    return config.model_copy(update={"mitigation": choice.section})


def _on(stored: "StoredModel", name: str) -> Any:
    """Return `[backend]` of another backend; shots where it can only sample."""
    from qml.backends.registry import capabilities_of
    from qml.tasks.compare import SHOTS

    section = stored.backend.model_copy(update={"name": name})
    if not section.shots and not capabilities_of(section).exact:
        return section.model_copy(update={"shots": SHOTS})
    return section


def _accuracy(answers: Answers, rows: RowsToAnswer) -> dict[str, Any]:
    """Return the share of right answers with its interval (Wilson, 95 %), where it is known."""
    from qml.results.intervals import wilson

    if rows.labels is None:
        return {"accuracy": None, "accuracy_ci": None}
    right, count = int((answers.codes == rows.labels).sum()), len(rows.labels)
    return {"accuracy": right / count, "accuracy_ci": list(wilson(right, count))}


def _columns(answers: Answers, rows: RowsToAnswer) -> dict[str, Any]:
    columns: dict[str, Any] = {"row": rows.numbers, "prediction": answers.labels}
    if rows.labels is not None:
        columns["label"] = [answers.classes[code] for code in rows.labels.tolist()]
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
