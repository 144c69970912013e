"""What a run of `qml sample llm` found out, as a document."""

from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from qml.config import Config
from qml.config.sections import LlmSection
from qml.records import RunFolder
from qml.results.outcome import Cost
from qml.tasks.sample.llm.batch import Item
from qml.tasks.sample.llm.choice import Document
from qml.tasks.sample.llm.models import SERVER
from qml.tasks.sample.llm.request import Request
from qml.tasks.sample.llm.store import Made
from qml.tasks.sample.llm.summary import metrics_of, notes_of, overall
from qml.tasks.sample.llm.tools import Tools


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """What was answered and chosen.

    Attributes:
        run_id: Id of the run.
        name: The name it was given, or None.
        run_dir: Its folder.
        backend: Name of the backend; only solvers that are made of circuits use it.
        model: What the source tells of itself; empty where all answers were given.
        embedder: What the embeddings tell of themselves.
        settings: What decided the result.
        prompts: One document each.
        skipped: Bad lines.
        metrics: Flat numbers.
        notes: What a reader must know.
        verdict: One sentence.
        cost: Money that qml's ledger knows of.
    """

    run_id: str
    name: str | None
    run_dir: str
    backend: str
    model: dict[str, Any]
    embedder: dict[str, Any]
    settings: dict[str, Any]
    prompts: tuple[Document, ...]
    skipped: tuple[dict[str, Any], ...]
    metrics: dict[str, Any]
    notes: tuple[str, ...]
    verdict: str
    cost: Cost

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.sample-llm/1`."""
        lists = ("prompts", "skipped", "notes")
        facts = asdict(self)
        return {"schema": "qml.sample-llm/1", **facts, **{n: list(facts[n]) for n in lists}}


UNKNOWN = Cost(estimated="unknown", billed="unknown")
"""What a server asks for its answers."""


class Done(NamedTuple):
    """A prompt that is done: the document of its choice, and all its answers."""

    item: Item
    document: Document
    made: list[Made]


def outcome_of(
    run: RunFolder,
    config: Config,
    request: Request,
    tools: Tools,
    done: list[Done],
) -> Sampled:
    """Put together what all prompts gave."""
    documents = tuple(each.document for each in done)
    section = config.sample.llm
    return Sampled(
        run_id=run.id,
        name=run.manifest()["name"],
        run_dir=str(run.path),
        backend=config.backend.name,
        model=tools.source.describe() if tools.source else {},
        embedder=dict(tools.chooser.embed.describe()),
        settings={
            "seed": config.sample.seed,
            "input": request.input,
            **_settings(section),
        },
        prompts=documents,
        skipped=tuple(bad._asdict() for bad in request.bad),
        metrics=metrics_of(documents, tools.generator),
        notes=notes_of(section, request, documents, [each.item for each in done]),
        verdict=overall(documents),
        cost=_cost(tools),
    )


def _cost(tools: Tools) -> Cost:
    asked = tools.source is not None and tools.source.name.startswith(SERVER)
    return UNKNOWN if asked else Cost()


_TOLD = frozenset({"prompts", "file", "skip_bad"})


def _settings(section: LlmSection) -> dict[str, Any]:
    return {key: value for key, value in section.model_dump().items() if key not in _TOLD}
