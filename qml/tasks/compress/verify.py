"""`qml compress verify`: a written file is loaded and measured again."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qml.config import Config, Loaded, validate
from qml.config.origins import flatten
from qml.errors import ConfigError, UsageError
from qml.plugins import load
from qml.session import World
from qml.tasks.compress.writers import Writer, writer_of
from qml.tasks.money import configuration_of
from qml.tasks.project import Project

if TYPE_CHECKING:
    from qml.compression.subjects.base import Subject

TOLERANCES = {"kl": 0.02, "perplexity": 0.005, "agreement": 0.01}
"""Relative; another machine, or another version of an engine, sums in another order."""
_KEYS = ("kl", "kl_ci", "perplexity", "perplexity_ci", "agreement", "tokens_per_second")


class Asked(NamedTuple):
    """What is measured, and on what.

    Attributes:
        config: That of the run, or of the project; what was asked for laid over it.
        root: Where its paths begin.
        writer: The run that wrote the file, or None.
        form: Format of the file.
    """

    config: Config
    root: Path
    writer: Writer | None
    form: str


def verify(
    file: Path, project: Project, world: World, *, model: str | None, evaluate: Sequence[Path]
) -> dict[str, Any]:
    """Load a file and measure it on held-out text; hold it against what its run recorded.

    Args:
        file: A file or folder that an export wrote.
        project: Where its run is looked for.
        world: Environment and progress.
        model: Teacher; that of the run where None.
        evaluate: Held-out texts; those of the run where there are none.

    Returns:
        The document `qml.compress-verify/1`.

    Raises:
        UsageError: There is no such file, it cannot be read, or nothing says what to hold it
            against.
    """
    if not file.exists():
        raise UsageError(f"{file} does not exist", hint="`qml compress --export` writes files")
    asked = _asked(file.resolve(), project, world, model, evaluate)
    return _measure(file.resolve(), asked, world)


def _asked(
    file: Path, project: Project, world: World, model: str | None, evaluate: Sequence[Path]
) -> Asked:
    from qml.compression.subjects.reading import reads_rows

    writer = writer_of(file, project.runs)
    config = project.loaded.config
    if writer is not None:
        config = _with_set(
            configuration_of(writer.run, project.root, world.environ), project.loaded
        )
    given: dict[str, Any] = {"model": model} if model else {}
    if evaluate:
        given["evaluate"] = [str(path.resolve()) for path in evaluate]
    section = config.compress.model_copy(update=given)
    if not section.model or not (section.evaluate or reads_rows(section.model)):
        missing = "--model TEACHER" if not section.model else "--evaluate FILE"
        raise ConfigError(
            f"no run of this project wrote {file.name}, so that nothing says what to hold it"
            f" against: {missing} is missing",
            hint=f"qml compress verify {file.name} --model gguf:smollm2 --evaluate text.txt",
        )
    config = config.model_copy(update={"compress": section})
    return Asked(config, project.root, writer, _format(file, writer))


def _with_set(config: Config, loaded: Loaded) -> Config:
    """Lay what `--set` gave over a run's configuration."""
    given, document = flatten(loaded.config.document()), config.document()
    for key in (key for key, origin in loaded.origins.items() if origin.startswith("--set ")):
        *path, last = key.split(".")
        table = document
        for part in path:
            table = table.setdefault(part, {})
        table[last] = given[key]
    return validate(document)


def _format(file: Path, writer: Writer | None) -> str:
    """Return the format of the run that wrote it, else that of its content: names may change."""
    if writer is not None:
        return str(writer.export["format"])
    if file.is_dir():
        return "safetensors"
    with file.open("rb") as stream:
        start = stream.read(9)
    if start.startswith(b"GGUF"):
        return "gguf"
    if start[8:] == b"{":  # after the length of the header, 8 bytes
        return "safetensors"
    if start.startswith(b"\x08"):  # field 1 of a protobuf, `ir_version`, is the first of a model
        return "onnx"
    raise UsageError(
        f"{file.name} is no format that qml writes", hint="it writes gguf, onnx and safetensors"
    )


def _measure(file: Path, asked: Asked, world: World) -> dict[str, Any]:
    from qml.compression.export.atomic import on_disk
    from qml.compression.subjects.corpora import read_text
    from qml.results.bootstrap import resampling
    from qml.seeds import Seeds
    from qml.tasks.compress.benches import open_teacher, read_held_out
    from qml.tasks.compress.exports import digest_of
    from qml.tasks.compress.rows import measured
    from qml.tasks.compress.summary import held_out_words

    section = asked.config.compress
    exporter = load("exporters", asked.form)
    exporter.check(section)
    for name in section.evaluate:
        read_text(asked.root / name, "evaluate")
    subject = open_teacher(asked.config, asked.root, world)
    seeds = Seeds(section.seed)
    held_out = read_held_out(subject, asked.config, asked.root, world, seeds)
    draws = resampling(held_out.clusters.numpy(), seed=seeds["bootstrap"])
    with world.progress.bar(f"judging {file.name}", None):
        found = measured(exporter.judge(file, subject, held_out), draws)
        speed = exporter.speed(file, subject, held_out) if section.speed else None
    size = on_disk(file)
    facts = {"bytes": size, "sha256": digest_of(file)}
    now = {**dict.fromkeys(_KEYS), "accuracy": None, **found, "tokens_per_second": speed}
    then = _recorded(asked)
    differences = _differences(asked, facts, now, then, subject)
    return {
        "schema": "qml.compress-verify/1",
        "file": str(file),
        "format": asked.form,
        "bits_per_weight": 8 * size / subject.describe()["parameters"],
        **facts,
        "run_id": asked.writer.run.id if asked.writer else None,
        "model": section.model,
        "held_out": held_out_words(subject, held_out, draws),
        "measured": now,
        "recorded": then,
        "differences": differences,
        "agrees": None if asked.writer is None else not differences,
        "verdict": _verdict(asked.writer, differences, compared=then is not None),
    }


def _recorded(asked: Asked) -> dict[str, Any] | None:
    """Return what the run recorded, where it measured on the same texts."""
    if asked.writer is None or not asked.writer.judged_on(asked.config.compress, asked.root):
        return None
    return {key: asked.writer.row[key] for key in _KEYS}


def _differences(
    asked: Asked,
    facts: dict[str, Any],
    now: dict[str, Any],
    then: dict[str, Any] | None,
    subject: "Subject",
) -> list[str]:
    if asked.writer is None:
        return []
    export, teacher = asked.writer.export, asked.writer.teacher
    found = [
        f"{key}: {export[key]} was recorded, it is {facts[key]}"
        for key in ("bytes", "sha256")
        if export[key] != facts[key]
    ]
    digest = subject.describe()["sha256"]
    if digest != teacher:
        found.append(f"teacher: the run compressed {teacher[:12]}, this one is {digest[:12]}")
    for key, share in TOLERANCES.items() if then is not None else ():
        found += _apart(key, share, then[key], now[key])  # type: ignore[index] # asked above
    return found


def _apart(key: str, share: float, then: float | None, now: float | None) -> list[str]:
    if then is not None and now is not None and abs(now - then) <= share * abs(then):
        return []
    if then == now:
        return []
    return [f"{key}: {_short(then)} was recorded, it is {_short(now)}"]


def _short(value: float | None) -> str:
    return "nothing finite" if value is None else f"{value:.5g}"


def _verdict(writer: Writer | None, differences: list[str], *, compared: bool) -> str:
    if writer is None:
        return (
            "Measured; no run of this project wrote this file, so there is nothing to agree with."
        )
    if differences:
        return f"This is not what run {writer.run.id} recorded: {differences[0]}."
    if compared:
        return f"It agrees with what run {writer.run.id} recorded."
    return f"The file is that of run {writer.run.id}; it was judged on other text."
