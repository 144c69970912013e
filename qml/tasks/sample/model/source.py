"""Where new rows come from: a trained model, and the place that draws from it."""

from dataclasses import dataclass
from pathlib import Path

from qml.algorithms.generators import Generator
from qml.backends.registry import list_backends
from qml.config import Config
from qml.errors import PlanError
from qml.execution.stored_generator import StoredGenerator, load
from qml.planning.auto import choose
from qml.planning.strings import copies_of
from qml.records import RunFolder
from qml.results import mmd
from qml.results.outcome import ModelFacts
from qml.tasks.compare import resolved as with_backend
from qml.tasks.sample.model.finding import EXACT, model_run


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Source:
    """A trained model that can be drawn from.

    Attributes:
        run: The run that trained it.
        stored: The model as it is kept.
        generator: The model.
    """

    run: RunFolder
    stored: StoredGenerator
    generator: Generator

    @property
    def facts(self) -> ModelFacts:
        """Size of the model."""
        return ModelFacts(
            kind=self.generator.kind,
            qubits=self.generator.bits,
            layers=self.generator.layers,
            parameters=sum(int(a.size) for a in self.stored.params.values()),
        )

    def here(self, config: Config) -> bool:
        """Whether rows are drawn on this machine without a circuit.

        Raises:
            PlanError: The engine was asked for more qubits than it has memory for.
        """
        if not self.generator.quantum:
            return True
        section = config.backend
        if section.route or section.name != EXACT or not section.noise.silent:
            return False
        if self.generator.bits > mmd.MOST_BITS:
            raise PlanError(
                f"the state of {self.generator.bits} qubits is too large for this machine;"
                f" {mmd.MOST_BITS} are the most",
                hint="a machine samples it: -b ionq.forte-1 --dry-run tells the price",
            )
        return True


def source_of(config: Config, root: Path) -> Source:
    """Load the model that `sample.model.run` names.

    Raises:
        RunError: There is none.
    """
    run = model_run(config, root)
    stored = load(run.artifacts)
    return Source(run=run, stored=stored, generator=stored.build())


def resolved(config: Config, source: Source) -> Config:
    """Return the configuration with the backend named, and its shots those of one circuit."""
    config = prepared(config, source)
    return config if source.here(config) else with_backend(config, config.backend.name)


def prepared(config: Config, source: Source) -> Config:
    """Resolve `auto`, and set the shots of one circuit where circuits are run; routes are kept."""
    section = config.backend
    if section.name == "auto" and not section.route:
        available = frozenset(facts.name for facts in list_backends() if facts.installed)
        name = choose(section, source.generator.bits, available).name
        section = section.model_copy(update={"name": name})
        config = config.model_copy(update={"backend": section})
    if source.here(config):
        return config
    _, shots = copies_of(config.sample.model.count)
    return config.model_copy(update={"backend": section.model_copy(update={"shots": shots})})
