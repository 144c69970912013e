"""The inside of `qml test`, once its run is open: checks one after the other, tests beside them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import cast

from qml import plugins
from qml.config import Config
from qml.errors import InterruptedRunError, MissingExtraError, QmlError
from qml.execution.stop import StopRequest
from qml.ports import Bar
from qml.records import RunFolder
from qml.results.outcome import Cost
from qml.session import World
from qml.tasks.fleet.hushed import Hushed
from qml.tasks.test.checks.base import Check, Checked
from qml.tasks.test.outcome import Row, Tested, counted, row, verdict
from qml.tasks.test.owntests import OwnTests, Running, files_of_tests
from qml.tasks.test.skipped import SkippedError
from qml.tasks.test.subject import Subject

FAMILY = "checks"
OWN_SECONDS = 25.0
"""What the scaffolded project's own tests take, for the progress bar."""


def named(config: Config) -> list[str]:
    """Return the names of the checks that were asked for; all where none is named.

    Raises:
        PluginError: No check has that name.
    """
    names = list(dict.fromkeys(config.test.checks)) or plugins.names(FAMILY)
    for name in names:
        plugins.check(FAMILY, name)
    return names


def test(run: RunFolder, config: Config, root: Path, stop: StopRequest, world: World) -> Tested:
    """Look at the project, and record what was found."""
    checks = {name: cast("Check", plugins.load(FAMILY, name)) for name in named(config)}
    quiet = World(environ=world.environ, progress=Hushed(world.progress), clock=world.clock)
    run.artifacts.mkdir(exist_ok=True)
    subject = Subject(
        config=config,
        root=root,
        run=run,
        world=quiet,
        share=config.test.error_rate / max(1, len(checks)),
        scratch=run.artifacts / "checks",
    )
    subject.scratch.mkdir(exist_ok=True)
    total = round(sum(c.SECONDS for c in checks.values()) + OWN_SECONDS * _has_tests(config, root))
    with _own_tests(config, root, run, world) as own, world.progress.bar("testing", total) as bar:
        try:
            rows = [_row(name, check, subject, stop, bar) for name, check in checks.items()]
        finally:
            subject.close()
        tests = own.result() if isinstance(own, Running) else own
        bar.advance(round(OWN_SECONDS) * _has_tests(config, root))
    if stop.requested:
        raise InterruptedRunError("stopped; checks that ended are not kept")
    outcome = summed_up(tuple(rows), tests, config, run)
    run.write_document(run.outcome_path, outcome.document())
    run.finalise(
        "finished",
        metrics=outcome.metrics,
        verdict=outcome.verdict,
        costs=asdict(outcome.cost),
        seeds={"root": config.train.seed, "derived": {}},
    )
    return outcome


def summed_up(
    rows: tuple[Row, ...], own: OwnTests, config: Config, run: RunFolder | None
) -> Tested:
    """Return the outcome of all rows."""
    bad = {"failed", "warned"} if config.test.strict else {"failed"}
    failed = own.state == "failed" or any(r["state"] in bad for r in rows)
    metrics = counted(rows, own)
    return Tested(
        run_id=run.id if run else None,
        name=run.manifest()["name"] if run else None,
        run_dir=str(run.path) if run else None,
        backend=config.backend.name,
        checks=rows,
        own=own,
        error_rate=config.test.error_rate,
        strict=config.test.strict,
        failed=failed,
        metrics=metrics,
        verdict=verdict(metrics, own, failed=failed),
        cost=Cost(),
    )


def _row(name: str, check: Check, subject: Subject, stop: StopRequest, bar: Bar) -> Row:
    if stop.requested:
        return row(name, check.TITLE, Checked(state="open", why="not begun"), 0.0)
    bar.advance(0, check=name)
    started = time.monotonic()
    found = checked(check, subject)
    bar.advance(round(check.SECONDS))
    return row(name, check.TITLE, found, time.monotonic() - started)


def checked(check: Check, subject: Subject) -> Checked:
    """Carry a check out; what it cannot do is skipped, what breaks is failed."""
    try:
        return check.check(subject)
    except (SkippedError, MissingExtraError) as error:
        return Checked(state="skipped", why=error.message, advice=error.hint or "")
    except InterruptedRunError:
        raise
    except QmlError as error:
        return Checked(state="failed", why=error.message, advice=error.hint or "")


def _has_tests(config: Config, root: Path) -> bool:
    return config.test.own and bool(files_of_tests(root))


@contextmanager
def _own_tests(
    config: Config, root: Path, run: RunFolder, world: World
) -> Iterator[Running | OwnTests]:
    """Start the project's own tests, and end them with the block."""
    if not config.test.own:
        yield OwnTests(state="skipped", why="the project's own tests were not asked for")
        return
    if not files_of_tests(root):
        yield OwnTests(state="skipped", why="the project has no tests of its own")
        return
    folder = run.artifacts
    running = Running(root, world.environ, folder / "pytest.xml", folder / "pytest.log")
    try:
        yield running
    finally:
        running.stop()
