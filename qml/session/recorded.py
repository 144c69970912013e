"""A run has an end in the records, whatever happens inside."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from qml.errors import BudgetError, InterruptedRunError
from qml.records import RunFolder, Status
from qml.session.world import World
from qml.tracking.base import Tracker

if TYPE_CHECKING:  # numerical libraries load only once a run really starts
    from qml.execution.stop import StopRequest

HEARD = "stopping as soon as the state is saved; once more stops at once"


@contextmanager
def recorded(run: RunFolder, tracker: Tracker, world: World) -> Iterator["StopRequest"]:
    """Give a run an end in the records, whatever happens inside.

    Success is the caller's to record; interruption and failure are recorded here.
    """
    from qml.execution.stop import StopRequest

    tracker.start(run.path, run.manifest())
    try:
        with StopRequest(lambda: world.progress.say(HEARD)) as stop:
            yield stop
    except (InterruptedRunError, KeyboardInterrupt) as error:
        _close(run, tracker, world, "interrupted", error)
        hint = f"go on with: qml runs resume {run.id}"
        message = str(error) or "interrupted; the last checkpoint is kept"
        raise InterruptedRunError(message, hint=hint) from None
    except BudgetError as error:  # a cap did what it is for; the state is saved
        _close(run, tracker, world, "interrupted", error)
        raise
    except BaseException as error:
        _close(run, tracker, world, "failed", error)
        raise


def _close(
    run: RunFolder, tracker: Tracker, world: World, status: Status, error: BaseException
) -> None:
    """Record the end of a run that did not succeed."""
    manifest = run.finalise(status, stop_reason=type(error).__name__, error=error)
    mirror(tracker, manifest, world)


def mirror(tracker: Tracker, manifest: Mapping[str, Any], world: World) -> None:
    """Let the tracker send what is left, and tell where it could not."""
    late = tracker.finish(manifest)
    if late:
        world.progress.say(late)
