"""`[baselines]`: the classical rivals."""

from pydantic import Field

from qml.config.base import Section


class BaselinesSection(Section):
    """Which classical models stand beside the quantum one."""

    enabled: bool = Field(default=True, description="Train the baselines as well.")
    names: list[str] = Field(
        ["logistic_regression", "mlp", "rbf_svc"], description="Which ones, by name."
    )
