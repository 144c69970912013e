"""Which run wrote a file."""

from pathlib import Path
from typing import Any, NamedTuple

from qml.config.sections.compress import CompressSection
from qml.files import digest_file
from qml.records import RunFolder, list_runs
from qml.tasks.runs import read_outcome


class Writer(NamedTuple):
    """The run that wrote a file.

    Attributes:
        run: Its folder.
        outcome: `qml.compress/1`.
    """

    run: RunFolder
    outcome: dict[str, Any]

    @property
    def export(self) -> dict[str, Any]:
        """What it recorded of the file."""
        found: dict[str, Any] = self.outcome["export"]
        return found

    @property
    def row(self) -> dict[str, Any]:
        """What it measured of the file."""
        found: dict[str, Any] = next(r for r in self.outcome["rows"] if r["method"] == "export")
        return found

    @property
    def teacher(self) -> str:
        """Digest of the model that it compressed."""
        return str(self.outcome["model"]["sha256"])

    def judged_on(self, section: CompressSection, root: Path) -> bool:
        """Whether it judged on the same texts, cut in the same way."""
        manifest = self.run.manifest()
        then = manifest["config"]["compress"]
        digests = manifest["data"]["digests"]
        before = [digests[name] for name in then["evaluate"]]
        now = [digest_file(root / name) for name in section.evaluate]
        cut = (section.length, section.evaluate_tokens)
        return before == now and cut == (then["length"], then["evaluate_tokens"])


def writer_of(file: Path, runs: Path) -> Writer | None:
    """Return the newest run that wrote a file, by its place, else by its content.

    Args:
        file: Absolute path.
        runs: Folder of the project's runs.
    """
    from qml.tasks.compress.exports import digest_of

    writers = list(_writers(runs))
    for writer in writers:
        places = (writer.run.path / writer.export["path"], writer.export["copied_to"] or "")
        if file in {Path(place).resolve() for place in places if place}:
            return writer
    digest = digest_of(file)
    return next((w for w in writers if w.export["sha256"] == digest), None)


def _writers(runs: Path) -> list[Writer]:
    """Return all runs that wrote a file, newest first."""
    found = []
    for entry in list_runs(runs):
        if entry.manifest is None or entry.manifest["command"] != "compress":
            continue
        run = RunFolder(entry.path)
        outcome = read_outcome(run)
        if outcome is not None and outcome.get("export"):
            found.append(Writer(run, outcome))
    return found
