"""Records of runs: the folder is the truth, everything else mirrors it."""

from qml.records.folder import RunFolder, read_manifest
from qml.records.identity import check_name, timestamp
from qml.records.lookup import RunEntry, find, list_runs, run_folders
from qml.records.manifest import RESUMABLE, SCHEMA, Manifest, Status
from qml.records.secrets import Scrubber, without_credentials
from qml.records.sweep import sweep

__all__ = [
    "RESUMABLE",
    "SCHEMA",
    "Manifest",
    "RunEntry",
    "RunFolder",
    "Scrubber",
    "Status",
    "check_name",
    "find",
    "list_runs",
    "read_manifest",
    "run_folders",
    "sweep",
    "timestamp",
    "without_credentials",
]
