"""`[compress]`: what `qml compress` does; one small file per method."""

from typing import Any, Literal

from pydantic import Field

from qml.config.base import Section
from qml.config.sections.compress.bits import BitsSection
from qml.config.sections.compress.circuits import CircuitSection
from qml.config.sections.compress.distilling import DistillSection
from qml.config.sections.compress.pruning import PruneSection
from qml.config.sections.compress.rounding import RoundSection


class CompressSection(Section):
    """A smaller model: what is compressed, how far, and what it is judged on."""

    model: str = Field(
        "",
        description="Model: gguf:smollm2, gguf:PATH, hf:DIR_OR_ID, torch:FILE.py:FUNCTION, or"
        " run:RUN of a model that qml trained.",
    )
    methods: list[str] = Field(
        ["bits"], min_length=1, description="bits, round, prune, distill, in their order."
    )
    weights: str | None = Field(
        None, description="safetensors with the weights of a torch: model, if it loads none itself."
    )
    shape: list[int] | None = Field(
        None,
        description="Shape of one input of a torch: model, e.g. [1, 8, 8] for channels, height and"
        " width; rows as [data] gives them where it is left out.",
    )
    target: str = Field(
        "4.0bpw",
        description="4.0bpw (bits per weight), 50MB (the file), 30% (zeros with prune; else of"
        " the file that the uncompressed model would be); several with commas.",
    )
    calibrate: list[str] = Field([], description="Texts that decisions are made on (files).")
    evaluate: list[str] = Field([], description="Held-out texts, for the table alone (files).")
    length: int = Field(448, ge=2, le=131_072, description="Tokens of a chunk (tokens).")
    evaluate_tokens: int = Field(
        1344, ge=2, description="Held-out tokens that are used, in whole chunks (tokens)."
    )
    solver: str = Field(
        "ilp", description="Chooses widths: ilp, greedy, annealing, tabu, exact, qaoa."
    )
    solver_options: dict[str, Any] = Field({}, description="Settings of the solver.")
    seconds: float | None = Field(None, gt=0, description="Longest time of each search (s).")
    used: dict[str, int] = Field(
        {},
        description="Evaluations of each search, by method/label, in a run that is replayed; set"
        " by replay.",
    )
    export: Literal["none", "safetensors", "gguf", "onnx"] = Field(
        "none", description="File that is written; decides which formats are on offer."
    )
    untouched: Literal["float16", "source", "int8"] = Field(
        "float16",
        description="How safetensors and onnx store matrices that no method touches (embedding,"
        " head); source: exactly.",
    )
    output: str | None = Field(
        None, description="Where the export is copied to; it is always in the run's artifacts."
    )
    speed: bool = Field(default=True, description="Whether tokens per second are measured.")
    parallel: int | None = Field(
        None,
        ge=1,
        le=256,
        description="Processes that measure sensitivities; the machine's cores, at most 4, where"
        " not given.",
    )
    trust_remote_code: bool = Field(
        default=False, description="Whether code that came with the model may run."
    )
    seed: int = Field(0, ge=0, le=2**63 - 1, description="Root seed; all others derive from it.")
    bits: BitsSection = Field(
        default_factory=BitsSection, description="Mixed precision, tensor by tensor."
    )
    round: RoundSection = Field(
        default_factory=RoundSection, description="Rounding up or down, layer by layer."
    )
    prune: PruneSection = Field(default_factory=PruneSection, description="Weights become zero.")
    distill: DistillSection = Field(
        default_factory=DistillSection, description="A short training that follows the teacher."
    )
    circuit: CircuitSection = Field(
        default_factory=CircuitSection, description="Gates and weights of models that qml trained."
    )


__all__ = [
    "BitsSection",
    "CircuitSection",
    "CompressSection",
    "DistillSection",
    "PruneSection",
    "RoundSection",
]
