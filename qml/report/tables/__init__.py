"""Tables for the terminal, one document each; every one adapts to the width it is given."""

from qml.report.tables.backends import backends_table
from qml.report.tables.config import config_table
from qml.report.tables.diff import diff_table
from qml.report.tables.doctor import doctor_table
from qml.report.tables.jobs import job_table, jobs_table
from qml.report.tables.money import budget_table, costs_table, reconcile_table
from qml.report.tables.plan import plan_table
from qml.report.tables.predict import predict_table
from qml.report.tables.replay import replay_table
from qml.report.tables.run import run_table
from qml.report.tables.runs import runs_table
from qml.report.tables.status import status_table
from qml.report.tables.train import train_table

__all__ = [
    "backends_table",
    "budget_table",
    "config_table",
    "costs_table",
    "diff_table",
    "doctor_table",
    "job_table",
    "jobs_table",
    "plan_table",
    "predict_table",
    "reconcile_table",
    "replay_table",
    "run_table",
    "runs_table",
    "status_table",
    "train_table",
]
