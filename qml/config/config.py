"""The whole configuration: one frozen value."""

from pathlib import Path
from typing import Any, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from qml.config.base import Section
from qml.config.sections import (
    BackendSection,
    BaselinesSection,
    BenchSection,
    BudgetSection,
    CheckpointSection,
    CompressSection,
    DataSection,
    LedgerSection,
    MeasureSection,
    MitigationSection,
    ModelSection,
    PricingSection,
    ProjectSection,
    RivalSection,
    SampleSection,
    ScreenSection,
    TestSection,
    TrackingSection,
    TrainSection,
    TuneSection,
)
from qml.config.space import SpaceError
from qml.config.tuned import parameters


class Config(Section):
    """All of qml.toml, every key filled in."""

    project: ProjectSection = Field(default_factory=ProjectSection, description="The project.")
    data: DataSection = Field(default_factory=DataSection, description="The data.")
    model: ModelSection = Field(default_factory=ModelSection, description="The quantum model.")
    train: TrainSection = Field(default_factory=TrainSection, description="The training.")
    sample: SampleSection = Field(default_factory=SampleSection, description="The sampling.")
    compress: CompressSection = Field(
        default_factory=CompressSection, description="The compression of a model."
    )
    tune: TuneSection = Field(default_factory=TuneSection, description="The search for settings.")
    bench: BenchSection = Field(
        default_factory=BenchSection, description="A matrix of models, data, backends, seeds."
    )
    rival: RivalSection = Field(
        default_factory=RivalSection, description="A classical model of a benchmark."
    )
    measure: MeasureSection = Field(
        default_factory=MeasureSection, description="A measurement of a benchmark."
    )
    screen: ScreenSection = Field(
        default_factory=ScreenSection, description="Whether a quantum model can help at all."
    )
    test: TestSection = Field(default_factory=TestSection, description="Checks of the project.")
    mitigation: MitigationSection = Field(
        default_factory=MitigationSection, description="Less error for more shots."
    )
    backend: BackendSection = Field(
        default_factory=BackendSection, description="Where circuits run."
    )
    budget: BudgetSection = Field(
        default_factory=BudgetSection, description="Sums that are never exceeded."
    )
    ledger: LedgerSection = Field(
        default_factory=LedgerSection, description="Where submissions and money are recorded."
    )
    pricing: PricingSection = Field(
        default_factory=PricingSection,
        description="Prices; your own stand in tables [pricing.PROVIDER.DEVICE].",
    )
    baselines: BaselinesSection = Field(
        default_factory=BaselinesSection, description="The classical rivals."
    )
    checkpoint: CheckpointSection = Field(
        default_factory=CheckpointSection, description="Saved states."
    )
    tracking: TrackingSection = Field(default_factory=TrackingSection, description="Mirrors.")

    @model_validator(mode="after")
    def _check_space(self) -> Self:
        """Hold `[tune.space]` against the keys and values that there are."""
        if self.tune.space:
            try:
                parameters(self)
            except SpaceError as error:
                raise _misplaced(error) from None
        return self

    def document(self) -> dict[str, Any]:
        """Return the configuration as TOML and JSON know it; keys that are None are left out."""
        return self.model_dump(mode="json", exclude_none=True)


def runs_folder(config: Config, root: Path) -> Path:
    """Return the folder of the runs of a project that lies in `root`."""
    return root / config.project.runs


def _misplaced(error: SpaceError) -> ValidationError:
    """Put an error of the space at its key."""
    said = PydanticCustomError("tune_space", "{reason}", {"reason": error.reason})
    place = ("tune", "space", error.key) if error.key else ("tune", "space")
    details = InitErrorDetails(type=said, loc=place, input=error.value)
    return ValidationError.from_exception_data("Config", [details])
