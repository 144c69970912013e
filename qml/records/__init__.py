"""Records of runs: the folder is the truth, everything else mirrors it."""

from qml.records.artifacts import describe_artifacts
from qml.records.checkpoints import Checkpoint, Checkpoints
from qml.records.code import describe_code, layout
from qml.records.costs import Charge, free_charge, read_costs, write_costs
from qml.records.crate import export_crate
from qml.records.describe import describe
from qml.records.difference import Difference, why_different, with_sources
from qml.records.environment import describe_environment
from qml.records.folder import RunFolder, read_manifest
from qml.records.identity import check_name, timestamp
from qml.records.lookup import RunEntry, find, list_runs, run_folders
from qml.records.manifest import RESUMABLE, SCHEMA, Manifest, Status
from qml.records.metrics import MetricsWriter, read_metrics
from qml.records.packages import describe_packages, requirements
from qml.records.restore import restore
from qml.records.secrets import Scrubber, without_credentials
from qml.records.sweep import sweep

__all__ = [
    "RESUMABLE",
    "SCHEMA",
    "Charge",
    "Checkpoint",
    "Checkpoints",
    "Difference",
    "Manifest",
    "MetricsWriter",
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
    "export_crate",
    "find",
    "free_charge",
    "layout",
    "list_runs",
    "read_costs",
    "read_manifest",
    "read_metrics",
    "requirements",
    "restore",
    "run_folders",
    "sweep",
    "timestamp",
    "why_different",
    "with_sources",
    "without_credentials",
    "write_costs",
]
