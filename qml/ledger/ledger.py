"""The ledger as others see it: the journal of submissions, and questions about money."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from types import TracebackType
from typing import Any, Self

from qml.execution.submission.draft import Draft, Entry, State
from qml.ledger import (
    account,
    audit,
    balances,
    beats,
    caps,
    costs,
    intending,
    moving,
    reading,
    scopes,
)
from qml.ledger.caps import Cap, Caps
from qml.ledger.database import Database
from qml.ledger.tables import INTENTS
from qml.ledger.values import Balance, Beat, Booking, By, Cost, Remaining, Transition
from qml.ports import Clock

_OPEN = [state for state in State if not state.final]


class Ledger:
    """A project's journal of submissions; satisfies `qml.execution.submission.Journal`.

    Every method that writes is one transaction, durable when it returns. Threads and processes may
    share the database. Every method raises LedgerError where the database fails.

    Args:
        database: An open database with up-to-date tables.
        project: Number of the project in it.
        name: Name of the project.
        settings: Caps of the project's settings.
        clock: What time it is.
    """

    def __init__(
        self, database: Database, project: int, name: str, *, settings: Caps, clock: Clock
    ) -> None:
        self._database = database
        self._project = project
        self._name = name
        self._settings = settings
        self._clock = clock

    def __repr__(self) -> str:
        return f"<Ledger of {self._name!r} in {self.place}>"

    @property
    def place(self) -> str:
        """Where it lies, without secrets."""
        return self._database.place.name

    def intend(self, drafts: Sequence[Draft]) -> list[Entry]:
        """Reserve and write intents, all of them or none; one that is there stays as it is.

        Raises:
            BudgetError: A cap would be exceeded, or none counts the currency; nothing was written.
            LedgerError: A key is there with another digest.
        """
        if not drafts:
            return []
        with self._database.write(self._project) as connection:
            now = self._clock.now()
            return intending.intend(connection, self._project, self._settings, drafts, now)

    def move(
        self,
        key: str,
        state: State,
        *,
        job_id: str | None = None,
        billed: Decimal | None = None,
        detail: str | None = None,
    ) -> Entry:
        """Write the next state of an intent.

        Raises:
            LedgerError: The move is not allowed, or contradicts what is written.
        """
        step = moving.Move(state=state, job_id=job_id, billed=billed, detail=detail)
        with self._database.write(self._project) as connection:
            return moving.move(connection, self._project, key, step, self._clock.now())

    def adopt(self, key: str, job_id: str) -> Entry:
        """Tie a vendor's job to an intent that is intended, sending or unknown.

        Raises:
            LedgerError: The intent is in another state, or the job belongs to another intent.
        """
        with self._database.write(self._project) as connection:
            return moving.adopt(connection, self._project, key, job_id, self._clock.now())

    def adjust(self, key: str, billed: Decimal, note: str) -> Entry:
        """Book a vendor's correction: `billed` is the whole bill as it is now.

        Raises:
            LedgerError: The intent is not final, or the bill is negative.
        """
        with self._database.write(self._project) as connection:
            now = self._clock.now()
            return moving.adjust(connection, self._project, key, billed, note, now)

    def beat(self, run_id: str, facts: Mapping[str, Any]) -> None:
        """Note that this process works on the run, with JSON values that `qml status` shows."""
        with self._database.write() as connection:
            beats.beat(connection, self._project, run_id, facts, self._clock.now())

    def set_cap(self, scope: str, amount: Decimal | None, currency: str | None = None) -> None:
        """Set a cap beside those of the settings, or lift it (None).

        Args:
            scope: `run`, `run:<run id>`, `day`, `month` or `project`.
            amount: Most that may be settled and reserved together.
            currency: Of the amount; that of the settings where not given.

        Raises:
            UsageError: The scope is none.
            LedgerError: The amount is negative or not finite.
        """
        unit = currency or self._settings.currency
        with self._database.write(self._project) as connection:
            caps.set_cap(connection, self._project, scope, amount, unit, self._clock.now())

    def caps(self) -> list[Cap]:
        """Return every cap: those of the settings, then those that the ledger holds."""
        with self._database.read() as connection:
            return caps.all_caps(connection, self._project, self._settings)

    def history(self, run_id: str, name: str) -> list[Entry]:
        """Return the intents of one place in a run, oldest first."""
        with self._database.read() as connection:
            place = (INTENTS.c.run_id == run_id, INTENTS.c.name == name)
            return reading.intents(connection, self._project, *place)

    def open(self, run_id: str) -> list[Entry]:
        """Return the intents of a run that are not final, oldest first."""
        return self.entries(run_id, _OPEN)

    def entries(
        self,
        run_id: str | None = None,
        states: Collection[State] | None = None,
        since: float | None = None,
    ) -> list[Entry]:
        """Return intents, oldest first.

        Args:
            run_id: Of one run; of all where None.
            states: In these states; in all where None.
            since: Intended at this moment or later (seconds since the epoch).
        """
        with self._database.read() as connection:
            chosen = reading.chosen(run_id, states, since)
            return reading.intents(connection, self._project, *chosen)

    def get(self, name: str) -> Entry:
        """Return the intent of a key, of the only key that begins so, or of a vendor's job.

        Raises:
            LedgerError: None is meant, or several are.
        """
        with self._database.read() as connection:
            return reading.find(connection, self._project, name)

    def jobs(self, job_id: str) -> list[Entry]:
        """Return the intents that became a vendor's job; two vendors may use one name."""
        with self._database.read() as connection:
            return reading.intents(connection, self._project, INTENTS.c.job_id == job_id)

    def account(self, key: str) -> list[Booking]:
        """Return every entry of money of an intent, oldest first."""
        with self._database.read() as connection:
            return account.bookings(connection, self._project, key)

    def transitions(self, key: str) -> list[Transition]:
        """Return every change of state of an intent, oldest first."""
        with self._database.read() as connection:
            return account.transitions(connection, self._project, key)

    def balance(self, scope: str, currency: str | None = None) -> Balance:
        """Return how one scope stands.

        Args:
            scope: `run:<run id>`, `day` (today), `day:2026-11-20`, `month`, `month:2026-10` or
                `project`.
            currency: Which amounts are counted; that of the settings where not given.

        Raises:
            UsageError: The scope is none.
        """
        (found,) = self._balances([scopes.exact(scope, self._clock.now())], currency)
        return found

    def balances(self, run_id: str | None = None, currency: str | None = None) -> list[Balance]:
        """Return how a run (where one is given), today, this month and the project stand."""
        names = scopes.scopes_of(run_id or "", scopes.day_of(self._clock.now()))
        return self._balances(names if run_id is not None else names[1:], currency)

    def remaining(self, run_id: str, currency: str | None = None) -> Remaining | None:
        """Return the lowest that any cap leaves the run, and whose cap it is; None uncapped."""
        return balances.least(self.balances(run_id, currency))

    def costs(self, by: By = "run") -> list[Cost]:
        """Return costs by run, day (UTC, of the intent), backend or project; a row a currency."""
        with self._database.read() as connection:
            return costs.costs(connection, self._project, by)

    def beats(self) -> list[Beat]:
        """Return the latest sign of life of every run."""
        with self._database.read() as connection:
            return beats.beats(connection, self._project)

    def audit(self) -> list[str]:
        """Compare states, account and totals; return a sentence for each disagreement."""
        with self._database.read() as connection:
            return audit.audit(connection, self._project)

    def close(self) -> None:
        """Close the database; nothing is lost where it is forgotten."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _balances(self, names: Sequence[str], currency: str | None) -> list[Balance]:
        unit = currency or self._settings.currency
        with self._database.read() as connection:
            holding = caps.all_caps(connection, self._project, self._settings)
            return balances.balances(connection, self._project, holding, names, unit)
