"""The exception tree of qml: each error carries an exit code, a hint and data fields.

QmlError (70)
├── CheckFailedError (1)       a test, gate or replay did not pass
├── UsageError (2)             the user can mend it before anything runs
│   ├── ConfigError            qml.toml, an environment variable or --set
│   ├── DataError              the data set cannot be used as asked
│   ├── CircuitError           a circuit is malformed or cannot be read
│   ├── PlanError              the backend cannot run the work
│   ├── RunError               a run is unknown, ambiguous, locked or damaged
│   ├── PluginError            an unknown name, or a plug-in that does not load
│   ├── LedgerError            the journal of submissions cannot be read or written
│   ├── SkippedError           work that is left out by its own rules
│   └── MissingExtraError      an optional dependency is not installed
├── BudgetError (3)            a cap would be exceeded
├── UnknownSubmissionError (4) a paid submission whose outcome is unknown
├── ProviderError (5)          a vendor or an outside service failed
│   ├── RefusedError           a submission was refused for certain; nothing was accepted
│   │   └── ThrottledError     refused for now; the same may be sent again later
│   ├── TransientError         a read failed in a way that a repetition may mend
│   └── JobFailedError         a job that was accepted ended without results
└── InterruptedRunError (130)  Ctrl-C or SIGTERM; the run can be resumed
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process tells its caller. An interface: values never change their meaning."""

    OK = 0
    CHECK_FAILED = 1
    USAGE = 2
    BUDGET = 3
    UNKNOWN_SUBMISSION = 4
    PROVIDER = 5
    BUG = 70
    INTERRUPTED = 130


class QmlError(Exception):
    """Base of all errors that qml raises on purpose.

    Args:
        message: What failed and where, in one sentence.
        hint: What the user can do next, or None.
        details: Lines shown beneath the message (a code excerpt with a caret, a list of names).
    """

    exit_code = ExitCode.BUG

    def __init__(
        self, message: str, *, hint: str | None = None, details: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = details


class CheckFailedError(QmlError):
    """A test, gate or replay did not pass."""

    exit_code = ExitCode.CHECK_FAILED


class UsageError(QmlError):
    """The request cannot be carried out as written."""

    exit_code = ExitCode.USAGE


class ConfigError(UsageError):
    """A configuration value is unknown, malformed or out of range."""


class DataError(UsageError):
    """A data set cannot be used as asked."""


class CircuitError(UsageError):
    """A circuit is malformed or cannot be read."""


class PlanError(UsageError):
    """The chosen backend cannot run the work."""


class RunError(UsageError):
    """A run is unknown, ambiguous, in use by another process, or damaged."""


class PluginError(UsageError):
    """A plug-in name is unknown, or the plug-in does not load."""


class LedgerError(UsageError):
    """The journal of submissions cannot be read or written; nothing is sent without it."""


class MissingExtraError(UsageError):
    """An optional dependency is not installed.

    Args:
        package: Import name of the missing package.
        extra: Extra of qml-workbench that installs it.
    """

    def __init__(self, package: str, *, extra: str) -> None:
        super().__init__(
            f"`{package}` is not installed",
            hint=f"pip install 'qml-workbench[{extra}]'",
        )
        self.package = package
        self.extra = extra


class SkippedError(UsageError):
    """Work that is left out by its own rules, e.g. a baseline above its number of rows."""


class BudgetError(QmlError):
    """A cap would be exceeded; nothing was sent."""

    exit_code = ExitCode.BUDGET


class UnknownSubmissionError(QmlError):
    """A paid submission whose outcome is unknown; reconcile before sending again."""

    exit_code = ExitCode.UNKNOWN_SUBMISSION


class ProviderError(QmlError):
    """A vendor or another outside service failed."""

    exit_code = ExitCode.PROVIDER


class RefusedError(ProviderError):
    """A vendor refused a submission for certain: no job exists, nothing is owed."""


class ThrottledError(RefusedError):
    """A vendor refused a submission for now; nothing was accepted, so it may be sent again.

    Args:
        message: What the vendor said.
        retry_after: Seconds that the vendor asks to wait, or None where it does not say.
    """

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class TransientError(ProviderError):
    """Reading from a vendor failed in a way that a repetition may mend."""


class JobFailedError(ProviderError):
    """A job that a vendor had accepted ended without results."""


class InterruptedRunError(QmlError):
    """The user or the system stopped the run; it can be resumed."""

    exit_code = ExitCode.INTERRUPTED
