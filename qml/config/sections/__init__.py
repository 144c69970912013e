"""The tables of qml.toml, one small file each."""

from qml.config.sections.backend import BackendSection, NoiseSection
from qml.config.sections.baselines import BaselinesSection
from qml.config.sections.bench import BenchSection, MeasureSection, RivalSection
from qml.config.sections.budget import BudgetSection
from qml.config.sections.checkpoint import CheckpointSection
from qml.config.sections.compress import CompressSection
from qml.config.sections.data import DataSection
from qml.config.sections.generator import GeneratorSection
from qml.config.sections.ledger import LedgerSection
from qml.config.sections.mitigation import MitigationSection
from qml.config.sections.model import ModelSection
from qml.config.sections.pricing import OwnTariff, PricingSection
from qml.config.sections.project import ProjectSection
from qml.config.sections.sample import LlmSection, SampleSection
from qml.config.sections.screen import ScreenSection
from qml.config.sections.test import TestSection
from qml.config.sections.tracking import TrackingSection
from qml.config.sections.train import TrainSection
from qml.config.sections.tune import TuneSection
from qml.config.sections.vendors import (
    AzureSection,
    BraketSection,
    DwaveSection,
    IbmSection,
    IonqSection,
)

__all__ = [
    "AzureSection",
    "BackendSection",
    "BaselinesSection",
    "BenchSection",
    "BraketSection",
    "BudgetSection",
    "CheckpointSection",
    "CompressSection",
    "DataSection",
    "DwaveSection",
    "GeneratorSection",
    "IbmSection",
    "IonqSection",
    "LedgerSection",
    "LlmSection",
    "MeasureSection",
    "MitigationSection",
    "ModelSection",
    "NoiseSection",
    "OwnTariff",
    "PricingSection",
    "ProjectSection",
    "RivalSection",
    "SampleSection",
    "ScreenSection",
    "TestSection",
    "TrackingSection",
    "TrainSection",
    "TuneSection",
]
