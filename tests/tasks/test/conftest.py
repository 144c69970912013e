"""The small project under test, with what checks share; a check that breaks it works on a copy."""

from dataclasses import replace
from pathlib import Path

import pytest
from support import make_project

from qml.config import load
from qml.session import World
from qml.tasks import carry
from qml.tasks.train import set_up


@pytest.fixture(scope="module")
def place(tmp_path_factory, compiled) -> Path:
    """A project of 80 points and two qubits."""
    return make_project(tmp_path_factory.mktemp("test"), compiled).root


@pytest.fixture(scope="module")
def make(place, compiled):
    """Make a subject: `make("test.shots=10")`."""
    from qml.tasks.test.subject import Subject

    world = replace(World.default(), environ={"QML_CACHE_DIR": str(compiled)})
    made = []

    def subject(*pairs: str, share: float = 1e-6):
        loaded = load(place, environ={}, pairs=["train.steps=12", *pairs])
        set_up(loaded.config, place, world)
        run = carry.begin(loaded, "test", name=None, world=world)
        scratch = run.artifacts / "checks"
        scratch.mkdir(parents=True)
        made.append(
            Subject(
                config=loaded.config, root=place, run=run, world=world, share=share, scratch=scratch
            )
        )
        return made[-1]

    yield subject
    for one in made:
        one.close()


@pytest.fixture(scope="module")
def subject(make):
    """The project as it is; nobody changes it."""
    return make()


@pytest.fixture
def broken(make):
    """Make a subject whose circuit is built by something else: `broken(build)`."""

    def changed(wrap, *pairs: str):
        one = make(*pairs)
        work = one.work
        circuit = replace(work.model.circuit, build=wrap(work.model.circuit.build))
        one.__dict__["work"] = replace(work, model=replace(work.model, circuit=circuit))
        return one

    return changed
