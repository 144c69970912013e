"""`qml sample llm`: many answers from a language model, and a diverse, good choice of them."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config, Loaded
from qml.engine.environment import setup
from qml.errors import PlanError
from qml.files import digest_file
from qml.records import RunFolder
from qml.session import World, cache_folder
from qml.tasks.carry import carry_out, leaves_this_machine
from qml.tasks.runs import require_outcome
from qml.tracking.base import Tracker

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest
    from qml.results.replay import Evidence
    from qml.tasks.offer import Offer
    from qml.tasks.sample.llm.outcome import Sampled

_ALIKE = ("id", "prompt", "chosen", "objective", "winner", "proven", "scores", "verdict")
"""What a replay must find again, for each prompt."""


def check(config: Config, root: Path, world: World) -> None:
    """Refuse what cannot be done before a model is loaded.

    Raises:
        UsageError: Says what, and where it is written.
    """
    from qml.tasks.sample.llm.models import open_embedder, open_model
    from qml.tasks.sample.llm.request import read_request

    if read_request(config, root).generates:
        open_model(config, root, world).close()
    open_embedder(config, root)
    if leaves_this_machine(config):
        raise PlanError(
            f"`{config.backend.name}` is no place for this: the problem is known only once the"
            " answers are there",
            hint="run it here, then buy the same choice with `qml sample qubo` and"
            " artifacts/problems of the run",
        )


def offer(loaded: Loaded, world: World) -> "Offer":
    """Refuse: nothing is bought, and what a server asks for cannot be known.

    Raises:
        PlanError: Always.
    """
    del loaded, world
    raise PlanError(
        "`qml sample llm` buys nothing from a vendor that qml knows the prices of",
        hint="run it without --dry-run; bad input is told before a model is loaded",
    )


def run(
    run_folder: RunFolder,
    config: Config,
    root: Path,
    world: World,
    *,
    tell: Callable[[dict[str, Any]], None] = lambda _: None,
) -> "Sampled":
    """Generate, choose, compare, record.

    Args:
        run_folder: A folder that is taken by this process.
        config: Configuration.
        root: Folder of the project.
        world: Clock, environment and progress.
        tell: Called with the document of each prompt as soon as it is done.
    """

    def work(tracker: Tracker, stop: "StopRequest") -> "Sampled":
        from qml.tasks.sample.llm.sampling import sample

        return sample(run_folder, config, root, tracker, stop, world, tell=tell)

    return carry_out(
        run_folder,
        config,
        root,
        world,
        set_up=lambda: setup(
            threads=config.backend.threads,
            cache_dir=cache_folder(root, world.environ),
            precision=config.backend.precision,
        ),
        work=work,
    )


def repeated(config: Config, outcome: dict[str, Any]) -> Config:
    """Ask the same prompts for as many answers as there were; a server's are not asked again."""
    from qml.tasks.sample.llm.store import PROMPTS

    section = config.sample.llm
    server = section.model.startswith("openai:")
    if not server and _unchanged(outcome):
        return config
    file = Path(outcome["run_dir"]) / "artifacts" / PROMPTS
    section = section.model_copy(update={"file": str(file), "prompts": [], "stored": server})
    return config.model_copy(update={"sample": config.sample.model_copy(update={"llm": section})})


def _unchanged(outcome: dict[str, Any]) -> bool:
    """Whether all answers were made that were asked for, and the file of prompts is the same."""
    if any(prompt["n"] + prompt["empty"] != prompt["asked"] for prompt in outcome["prompts"]):
        return False
    read = outcome["settings"]["input"]
    if read is None:
        return True
    path = Path(read["file"])
    return path.is_file() and digest_file(path) == read["sha256"]


def evidence(run: RunFolder) -> "Evidence":
    """Return what was answered and chosen for each prompt."""
    from qml.results.replay import Evidence

    outcome = require_outcome(run)
    found: dict[str, Any] = {}
    for prompt in outcome["prompts"]:
        answers = [[a["text"], a["logprob"], a["cluster"]] for a in prompt["answers"]]
        rivals = {r["name"]: r["objective"] for r in prompt["rivals"]}
        alike = {key: prompt[key] for key in _ALIKE}
        found[prompt["id"]] = {**alike, "answers": answers, "rivals": rivals}
    return Evidence(metrics=found)
