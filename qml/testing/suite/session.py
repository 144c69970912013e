"""The account of one pytest session: who gets which share, and what all used.

Under xdist every worker collects the same tests, so all come to the same shares without a word
between them; what was used travels home in the reports of the tests.
"""

from collections.abc import Iterator
from secrets import randbelow
from typing import Any

import pytest

from qml.errors import QmlError
from qml.seeds import derive
from qml.testing.suite.shares import claimable, seat_share
from qml.testing.suite.tally import Tally, properties
from qml.testing.suite.trial import Trial, running

_NOISE = "aria-1"
_KEYS = {"shots", "delta"}
_LARGEST_SEED = 2**31
_NEVER = 0.5


class Suite:
    """Hooks that keep the account.

    Args:
        config: Of this session, or of this worker.

    Raises:
        pytest.UsageError: An option is malformed.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.rate = _rate(config)
        self.seed = _seed(config)
        self.tests = 0
        self.tally = Tally()

    def pytest_report_header(self) -> str | None:
        """Tell a seed that another run would need."""
        return f"qml: repeat these shots with --qml-seed {self.seed}" if self.seed else None

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Count the tests before any is deselected, and check the claims of those with one."""
        self.tests = len(items)
        claims = {item.nodeid: _marked(item).get("delta") for item in items}
        claimed = {test: share for test, share in claims.items() if share is not None}
        if sum(claimed.values()) > claimable(self.rate):
            raise pytest.UsageError(
                f"{len(claimed)} tests claim an error rate of {sum(claimed.values()):g} in all by"
                f" `quantum(delta=...)`, and half of the suite's {self.rate:g} can be claimed;"
                f" allow more with --qml-delta {2 * sum(claimed.values()):g} (or `qml_delta` in the"
                f" ini file), or claim less: {', '.join(list(claimed)[:3])}"
            )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Give a test its share and its seed while it runs, fixtures included."""
        marked = _marked(item)
        share = marked.get("delta") or seat_share(self.rate, self.tests)
        trial = Trial(
            name=item.nodeid,
            share=share,
            seed=derive(self.seed, item.nodeid),
            shots=marked.get("shots"),
            backend=names(self.config, "qml_backend")[0],
        )
        item.stash[_TRIAL] = trial
        with running(trial):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Iterator[None]:
        """Let the last report of a test carry what its assertions used, and errors their hints."""
        error = call.excinfo.value if call.excinfo else None
        if isinstance(error, QmlError) and error.hint:
            note = f"hint: {error.hint}"
            if note not in getattr(error, "__notes__", ()):  # a fixture's error comes again
                error.add_note(note)
        if call.when == "teardown":
            item.user_properties.extend(properties(item.stash[_TRIAL]))
        return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add what a test used, whichever worker ran it."""
        if report.when == "teardown":
            self.tally.add(report.user_properties)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Write one line where there was anything random."""
        if self.tally.assertions:
            terminalreporter.write_line(self.tally.line(self.rate))


def names(config: pytest.Config, fixture: str) -> list[str]:
    """Return the names given for a fixture by option or ini file, or its default."""
    option: str | None = config.getoption(fixture)
    if fixture == "qml_backend":
        option = option or config.getini(fixture)
    return [name.strip() for name in (option or _NOISE).split(",") if name.strip()]


def chosen(request: pytest.FixtureRequest, fixture: str) -> str:
    """Return the name that a test was parametrised with, or the only one."""
    return str(getattr(request, "param", names(request.config, fixture)[0]))


_TRIAL = pytest.StashKey[Trial]()


def _rate(config: pytest.Config) -> float:
    given = config.getoption("qml_delta") or config.getini("qml_delta")
    try:
        rate = float(given)
    except ValueError:
        rate = 0.0
    if not 0 < rate < _NEVER:
        raise pytest.UsageError(f"the error rate of a suite lies between 0 and 0.5, got {given!r}")
    return rate


def _seed(config: pytest.Config) -> int:
    """Return the root seed; a random one is drawn once, and workers get it with the options."""
    given = config.getoption("qml_seed")
    if given == "random":
        config.option.qml_seed = given = str(1 + randbelow(_LARGEST_SEED - 1))
    if not str(given).isdecimal():
        raise pytest.UsageError(f"--qml-seed is a whole number or `random`, got {given!r}")
    return int(given)


def _marked(item: pytest.Item) -> dict[str, Any]:
    """Return the arguments of the nearest marker.

    Raises:
        pytest.UsageError: They are not what the marker takes.
    """
    marker = item.get_closest_marker("quantum")
    if marker is None:
        return {}
    given = dict(marker.kwargs)
    shots, delta = given.get("shots"), given.get("delta")
    right = not marker.args and not set(given) - _KEYS
    right = right and (shots is None or (isinstance(shots, int) and shots > 0))
    if not right or not (delta is None or 0 < delta < 1):
        raise pytest.UsageError(
            f"{item.nodeid}: `quantum` takes shots (a whole number above 0) and delta (between 0"
            f" and 1), got {marker}"
        )
    return given
