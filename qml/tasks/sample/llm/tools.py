"""Everything that a run works with: the model, the embeddings, the chooser; closed at the end."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qml.algorithms.selection.choose import is_quantum
from qml.config import Config
from qml.config.sections import LlmSection
from qml.execution.stop import StopRequest
from qml.records import RunFolder
from qml.seeds import Seeds
from qml.session import World
from qml.session.opening import open_access
from qml.tasks.sample.llm.choice import Chooser
from qml.tasks.sample.llm.generate import Generator
from qml.tasks.sample.llm.models import SERVER, open_embedder, open_model
from qml.tasks.sample.llm.request import Request
from qml.tasks.sample.llm.summary import NO_PRICE

if TYPE_CHECKING:
    from qml.circuits import Evaluator
    from qml.language.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a run works with.

    Attributes:
        source: The model, or None where all answers were given.
        generator: Asks it for answers.
        judge: The model, where it is asked whether an answer is right.
        chooser: Chooses among answers.
    """

    source: "Source | None"
    generator: Generator | None
    judge: "Source | None"
    chooser: Chooser


@contextmanager
def opened(
    run: RunFolder,
    config: Config,
    root: Path,
    request: Request,
    *,
    seeds: Seeds,
    stop: StopRequest,
    world: World,
) -> Iterator[Tools]:
    """Open what a run works with; the model is loaded when the first answer is wanted."""
    section = config.sample.llm
    with ExitStack() as stack:
        source = _source(stack, config, root, request, world)
        embed = open_embedder(config, root)
        evaluator: Evaluator | None = None
        if section.solver != "auto" and is_quantum(section.solver):
            seed = seeds["circuits"]
            access = stack.enter_context(
                open_access(run, config, seed=seed, stop=stop, world=world, root=root)
            )
            access.evaluator.begin("selection")
            evaluator = access.evaluator
        yield Tools(
            source=source,
            generator=_generator(source, section, request, stop, world),
            judge=source if section.uncertainty else None,
            chooser=Chooser(
                section=section,
                quotas=request.quotas,
                embed=embed,
                evaluator=evaluator,
            ),
        )


def _generator(
    source: "Source | None",
    section: LlmSection,
    request: Request,
    stop: StopRequest,
    world: World,
) -> Generator | None:
    if source is None:
        return None
    return Generator(
        source,
        system=section.system,
        settings=request.settings,
        clock=world.clock,
        stop=lambda: stop.requested,
    )


def _source(
    stack: ExitStack, config: Config, root: Path, request: Request, world: World
) -> "Source | None":
    """Open the model and load it, so that a missing one is told before anything is made."""
    section = config.sample.llm
    if not section.model or section.stored or not (request.generates or section.uncertainty):
        return None
    source = open_model(config, root, world)
    stack.callback(source.close)
    if source.name.startswith(SERVER):
        world.progress.say(NO_PRICE)
    with world.progress.bar(f"loading {source.name}", None):
        source.load()
    return source
