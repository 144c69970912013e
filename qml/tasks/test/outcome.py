"""What `qml test` found, as a value and as the document `qml.test/1`."""

from dataclasses import asdict, dataclass
from typing import Any

from qml.results.outcome import Cost
from qml.tasks.test.checks.base import Checked, State
from qml.tasks.test.owntests import OwnTests

Row = dict[str, Any]
STATES: tuple[State, ...] = ("passed", "warned", "failed", "skipped", "open")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """What `qml test` found.

    Attributes:
        run_id: Id of its run; None where nothing was run.
        name: The name it was given, or None.
        run_dir: Its folder, or None.
        backend: Backend of the configuration.
        checks: Each check: state, why, advice, readings, seconds.
        own: The project's own tests.
        error_rate: Most probability that any statistical check fails by chance.
        strict: Whether warnings fail.
        failed: Whether the command fails.
        metrics: How many checks and tests came to what.
        verdict: One sentence.
        cost: Money: none.
    """

    run_id: str | None
    name: str | None
    run_dir: str | None
    backend: str
    checks: tuple[Row, ...]
    own: OwnTests
    error_rate: float
    strict: bool
    failed: bool
    metrics: dict[str, Any]
    verdict: str
    cost: Cost

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.test/1`."""
        facts = asdict(self)
        own = {**facts["own"], "cases": list(facts["own"]["cases"])}
        return {"schema": "qml.test/1", **facts, "checks": list(self.checks), "own": own}


def row(name: str, title: str, found: Checked, seconds: float) -> Row:
    """Return a check as a row of the document."""
    return {
        "name": name,
        "title": title,
        "state": found.state,
        "why": found.why,
        "advice": found.advice,
        "readings": [asdict(reading) for reading in found.readings],
        "tests": found.tests,
        "facts": dict(found.facts),
        "seconds": seconds,
    }


def counted(checks: tuple[Row, ...], own: OwnTests) -> dict[str, Any]:
    """Count states of checks, and of the project's own tests."""
    found: dict[str, Any] = {s: sum(c["state"] == s for c in checks) for s in STATES}
    cases = {s: sum(c.state == s for c in own.cases) for s in ("passed", "failed", "skipped")}
    return {**found, **{f"own_{state}": number for state, number in cases.items()}}


def verdict(metrics: dict[str, Any], own: OwnTests, *, failed: bool) -> str:
    """Say it in one sentence."""
    if own.state == "open" and metrics["open"] == sum(metrics[s] for s in STATES):
        return f"Not run: {metrics['open']} checks would be made; {own.why}."
    said = [f"{metrics[s]} {s}" for s in STATES]
    told = ", ".join(s for s in said if not s.startswith("0 ")) or "no check ran"
    tests = f"own tests: {own.why}" if own.cases or own.state == "failed" else own.why
    return f"{'Failed' if failed else 'Passed'}: checks {told}; {tests}."
