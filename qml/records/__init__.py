"""Records of runs: the folder is the truth, everything else mirrors it."""

from qml.records.artifacts import describe_artifacts
from qml.records.code import describe_code, layout
from qml.records.describe import describe
from qml.records.environment import describe_environment
from qml.records.folder import RunFolder, read_manifest
from qml.records.identity import check_name, timestamp
from qml.records.lookup import RunEntry, find, list_runs, run_folders
from qml.records.manifest import RESUMABLE, SCHEMA, Manifest, Status
from qml.records.packages import describe_packages, requirements
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
    "describe",
    "describe_artifacts",
    "describe_code",
    "describe_environment",
    "describe_packages",
    "find",
    "layout",
    "list_runs",
    "read_manifest",
    "requirements",
    "run_folders",
    "sweep",
    "timestamp",
    "without_credentials",
]
