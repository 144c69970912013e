"""The tables of qml.toml, one small file each."""

from qml.config.sections.backend import BackendSection, NoiseSection
from qml.config.sections.baselines import BaselinesSection
from qml.config.sections.checkpoint import CheckpointSection
from qml.config.sections.data import DataSection
from qml.config.sections.model import ModelSection
from qml.config.sections.project import ProjectSection
from qml.config.sections.tracking import TrackingSection
from qml.config.sections.train import TrainSection

__all__ = [
    "BackendSection",
    "BaselinesSection",
    "CheckpointSection",
    "DataSection",
    "ModelSection",
    "NoiseSection",
    "ProjectSection",
    "TrackingSection",
    "TrainSection",
]
