"""The composition root: joins backend, run folder, tracker and everything else for one run."""

from qml.session.buying import cap_run, open_project_ledger
from qml.session.cache import cache_folder
from qml.session.opening import Access, Session, open_access, open_runner, open_session
from qml.session.recorded import mirror, recorded
from qml.session.world import World

__all__ = [
    "Access",
    "Session",
    "World",
    "cache_folder",
    "cap_run",
    "mirror",
    "open_access",
    "open_project_ledger",
    "open_runner",
    "open_session",
    "recorded",
]
