"""The inside of `qml sample llm`, once the heavy libraries may load."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from qml.config import Config
from qml.errors import InterruptedRunError
from qml.execution.stop import StopRequest
from qml.files import digest_file
from qml.ports import Bar
from qml.records import RunFolder
from qml.records.environment import describe_environment
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.sample.llm.batch import Item
from qml.tasks.sample.llm.choice import Document
from qml.tasks.sample.llm.models import SERVER
from qml.tasks.sample.llm.outcome import Done, Sampled, outcome_of
from qml.tasks.sample.llm.request import Request, read_request
from qml.tasks.sample.llm.store import PROMPTS, Made, Store, Writer, with_answers
from qml.tasks.sample.llm.tools import Tools, opened
from qml.tracking.base import Tracker

WRITTEN = 64
"""Answers up to which the problem of a choice is written to a file."""
Tell = Callable[[Document], None]
"""Told of each prompt as soon as its answers are chosen."""


def sample(
    run: RunFolder,
    config: Config,
    root: Path,
    tracker: Tracker,
    stop: StopRequest,
    world: World,
    *,
    tell: Tell = lambda _: None,
) -> Sampled:
    """Generate, choose, compare, record.

    Raises:
        InterruptedRunError: Somebody asked to stop before all prompts were done; the answers so
            far are kept, and `qml runs resume` goes on with them.
    """
    del tracker  # it mirrors what the manifest says at the end
    store = Store(run)
    request = _request(store, config, root, world)
    seeds = Seeds(config.sample.seed)
    with opened(run, config, root, request, seeds=seeds, stop=stop, world=world) as tools:
        work = _Work(request=request, store=store, tools=tools, seeds=seeds, stop=stop, tell=tell)
        done = work.all(world)
        outcome = outcome_of(run, config, request, tools, done)
    store.write_prompts(_repeatable(config, done))
    _record(run, outcome, seeds)
    return outcome


def _request(store: Store, config: Config, root: Path, world: World) -> Request:
    """Read what is asked: a resumed run asks what it asked at first."""
    if store.prompts.exists():
        update = {"file": str(store.prompts), "prompts": []}
        section = config.sample.llm.model_copy(update=update)
        kept = config.sample.model_copy(update={"llm": section})
        return read_request(config.model_copy(update={"sample": kept}), root)
    request = read_request(config, root)
    for bad in request.bad:
        world.progress.say(f"line {bad.line} is skipped: {bad.reason}")
    store.write_prompts(request.items)
    return request


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """One prompt after the other."""

    request: Request
    store: Store
    tools: Tools
    seeds: Seeds
    stop: StopRequest
    tell: Tell

    def all(self, world: World) -> list[Done]:
        """Return the prompts that were done."""
        items, known = self.request.items, self.store.known()
        kept = {i.id: known[i.id] for i in items if i.id in known and not i.answers}
        missing = sum(i.n - len(kept.get(i.id, ())) for i in items if not i.answers)
        done: list[Done] = []
        with (
            self.store.writing(kept) as writer,
            world.progress.bar("answers", missing or None) as bar,
        ):
            for item in items:
                self._require_time(done)
                made = self._made(item, kept.get(item.id, []), writer, bar)
                self._require_enough(item, made, done)
                done.append(self._chosen(len(done) + 1, item, made))
        return done

    def _made(self, item: Item, kept: list[Made], writer: Writer, bar: Bar) -> list[Made]:
        if item.answers:
            return [Made(given=given) for given in item.answers]
        seed = self.seeds[f"prompts/{item.id}"]  # drawn for kept answers too: the manifest lists it
        if len(kept) >= item.n:
            return kept
        assert self.tools.generator is not None
        return self.tools.generator.answers(item, kept, seed=seed, writer=writer, bar=bar)

    def _chosen(self, number: int, item: Item, made: list[Made]) -> Done:
        choice = self.tools.chooser.choose(item, made, self.seeds[f"choices/{item.id}"])
        document = choice.document
        if choice.problem.size <= WRITTEN:
            self.store.write_problem(number, choice.problem.text())
        document["p_true"] = self._p_true(item, document)
        self.tell(document)
        return Done(item, document, made)

    def _p_true(self, item: Item, document: Document) -> float | None:
        """Ask the model whether its commonest answer is right, where that is wanted."""
        from qml.language import scores

        if self.tools.judge is None:
            return None
        clusters = [answer["cluster"] for answer in document["answers"]]
        first = clusters.index(max(clusters, key=clusters.count))
        text = document["answers"][first]["text"]
        return scores.p_true(self.tools.judge, item.prompt, text)

    def _require_time(self, done: list[Done]) -> None:
        if self.stop.requested:
            raise _interrupted(len(done), len(self.request.items))

    def _require_enough(self, item: Item, made: list[Made], done: list[Done]) -> None:
        """Go on with the answers there are only where there is one prompt, and enough of them."""
        short = len(made) < item.n
        alone = len(self.request.items) == 1
        if short and not (alone and len(made) >= self.tools.chooser.section.k):
            raise _interrupted(len(done), len(self.request.items))


def _interrupted(done: int, of: int) -> InterruptedRunError:
    return InterruptedRunError(
        f"interrupted after {done} of {of} prompts; the answers so far are kept"
    )


def _repeatable(config: Config, done: list[Done]) -> list[Item]:
    """Return the prompts as they are asked again: a server's answers are kept, never asked."""
    if config.sample.llm.model.startswith(SERVER):
        return [with_answers(each.item, _with_text(each.made)) for each in done]
    return [replace(each.item, n=len(each.made)) for each in done]


def _with_text(made: list[Made]) -> list[Made]:
    return [each for each in made if each.given.text.strip()]


def _record(run: RunFolder, outcome: Sampled, seeds: Seeds) -> None:
    run.write_document(run.outcome_path, outcome.document())
    run.finalise(
        "finished",
        environment=describe_environment(),
        seeds={"root": seeds.root, "derived": seeds.issued},
        data=_data(run, outcome),
        metrics=outcome.metrics,
        verdict=outcome.verdict,
        costs=asdict(outcome.cost),
    )


def _data(run: RunFolder, outcome: Sampled) -> dict[str, Any]:
    """Tell the manifest what was read: digests of prompts and model."""
    digests = {"data": digest_file(run.artifacts / PROMPTS)}
    if "sha256" in outcome.model:
        digests["model"] = outcome.model["sha256"]
    return {
        "source": {"prompts": len(outcome.prompts)},
        "digests": digests,
        "model": outcome.model,
        "embedder": outcome.embedder,
    }
