"""A journal in memory that outlives simulated crashes, and remembers how it came there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from qml.errors import BudgetError, LedgerError
from qml.execution.submission.draft import Draft, Entry, State, allowed
from qml.ports import Clock


class Move(NamedTuple):
    """One step of an intent.

    Attributes:
        key: Whose.
        old: State before; None where it was intended first.
        new: State after.
    """

    key: str
    old: State | None
    new: State


class FakeJournal:
    """Implements `Journal`.

    Args:
        clock: Dates what is written.
        cap: Most that may be settled and reserved, or None.

    Attributes:
        entries: Intents by key, oldest first.
        moves: All steps of all intents, in order.
        beats: All heartbeats.
        highest: Most that was ever settled and reserved.
    """

    def __init__(self, clock: Clock, cap: Decimal | None = None) -> None:
        self._clock = clock
        self.cap = cap
        self.entries: dict[str, Entry] = {}
        self.moves: list[Move] = []
        self.beats: list[Mapping[str, Any]] = []
        self.highest = Decimal(0)

    def intend(self, drafts: Sequence[Draft]) -> list[Entry]:
        """Reserve and write intents, all of them or none."""
        new = {draft.key: draft for draft in drafts if draft.key not in self.entries}
        for draft in drafts:
            known = self.entries.get(draft.key)
            if known is not None and known.draft.digest != draft.digest:
                raise LedgerError(f"intent {draft.key} is there with another digest")
        needed = sum((draft.estimate.high for draft in new.values()), Decimal(0))
        if self.cap is not None and new and self.held + needed > self.cap:
            raise BudgetError(f"{self.held} held, {needed} needed, the cap is {self.cap}")
        for draft in new.values():
            now = self._clock.now()
            entry = Entry(draft=draft, state=State.INTENDED, created=now, updated=now)
            self._write(entry, None)
        return [self.entries[draft.key] for draft in drafts]

    def move(
        self,
        key: str,
        state: State,
        *,
        job_id: str | None = None,
        billed: Decimal | None = None,
        detail: str | None = None,
    ) -> Entry:
        """Write the next state of an intent."""
        old = self.entries.get(key)
        if old is None:
            raise LedgerError(f"there is no intent {key}")
        if not allowed(old.state, state):
            raise LedgerError(f"intent {key} cannot go from {old.state} to {state}")
        now = self._clock.now()
        entry = replace(
            old,
            state=state,
            job_id=old.job_id if job_id is None else job_id,
            billed=old.billed if billed is None else billed,
            detail=old.detail if detail is None else detail,
            updated=now,
            sent=now if state is State.SENDING else old.sent,
        )
        self._write(entry, old.state)
        return entry

    def history(self, run_id: str, name: str) -> list[Entry]:
        """Return the intents of one place in a run, oldest first."""
        return [
            entry
            for entry in self.entries.values()
            if (entry.draft.run_id, entry.draft.name) == (run_id, name)
        ]

    def open(self, run_id: str) -> list[Entry]:
        """Return the intents of a run that are not final, oldest first."""
        mine = [entry for entry in self.entries.values() if entry.draft.run_id == run_id]
        return [entry for entry in mine if not entry.state.final]

    def beat(self, run_id: str, facts: Mapping[str, Any]) -> None:
        """Note that the run is alive."""
        self.beats.append({"run_id": run_id, **facts})

    @property
    def settled(self) -> Decimal:
        """What was billed."""
        return sum((e.billed for e in self.entries.values() if e.billed is not None), Decimal(0))

    @property
    def held(self) -> Decimal:
        """What is settled and reserved."""
        return self.settled + sum((e.reserved for e in self.entries.values()), Decimal(0))

    def _write(self, entry: Entry, old: State | None) -> None:
        self.entries[entry.key] = entry
        self.moves.append(Move(entry.key, old, entry.state))
        self.highest = max(self.highest, self.held)
