"""`[sample]`: what `qml sample` does; one small file per kind."""

from typing import Literal

from pydantic import Field

from qml.config.base import Section
from qml.config.sections.sample.ising import IsingSection
from qml.config.sections.sample.llm import LlmSection
from qml.config.sections.sample.model import ModelSampleSection
from qml.config.sections.sample.qubo import QuboSection


class SampleSection(Section):
    """What is sampled."""

    kind: Literal["qubo", "ising", "model", "llm"] | None = Field(
        None, description="What `qml sample` does without a subcommand."
    )
    seed: int = Field(0, ge=0, le=2**63 - 1, description="Root seed; all others derive from it.")
    qubo: QuboSection = Field(
        default_factory=QuboSection, description="Good assignments of a binary quadratic problem."
    )
    ising: IsingSection = Field(
        default_factory=IsingSection, description="Boltzmann samples of an Ising model."
    )
    model: ModelSampleSection = Field(
        default_factory=ModelSampleSection, description="Rows from a trained generative model."
    )
    llm: LlmSection = Field(
        default_factory=LlmSection, description="Diverse answers from a language model."
    )


__all__ = ["IsingSection", "LlmSection", "ModelSampleSection", "QuboSection", "SampleSection"]
