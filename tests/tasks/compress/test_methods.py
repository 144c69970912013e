"""Methods, target and solver go together, or it is told before a model is loaded."""

import pytest

from qml.config.sections.compress import CompressSection
from qml.errors import ConfigError
from qml.plugins import load
from qml.tasks.compress.methods import check_together, solver_key, tell


def section(*methods, **keys):
    return CompressSection.model_validate({"methods": list(methods), **keys})


@pytest.mark.parametrize(
    ("methods", "keys", "said"),
    [
        (("prune",), {"target": "50%,4bpw"}, "asks for a size"),
        (("prune", "distill"), {"target": "50%,20MB"}, "asks for a size"),
        (("prune",), {"prune": {"pattern": "2:4"}}, "asks for a size"),
        (("prune",), {"target": "50%", "solver": "tabu"}, "are for `bits`"),
        (("prune",), {"target": "50%", "solver_options": {"sweeps": 2}}, "are for `bits`"),
    ],
)
def test_what_no_method_obeys_is_refused(methods, keys, said):
    with pytest.raises(ConfigError, match=said):
        check_together(section(*methods, **keys))


def test_what_some_method_obeys_is_accepted():
    check_together(section("prune", target="50%"))
    check_together(section("prune", "bits", target="50%,4bpw", solver="tabu"))
    check_together(section("bits", target="30%"))


@pytest.mark.parametrize(
    ("methods", "said"),
    [
        (("distill",), "nothing to recover"),
        (("distill", "bits"), "nothing to recover"),
        (("prune", "distill", "bits"), "`bits` after `distill` would undo"),
    ],
)
def test_distill_is_last_and_never_alone(methods, said):
    with pytest.raises(ConfigError, match=said):
        load("compressors", "distill").check(section(*methods))


@pytest.mark.parametrize(
    ("methods", "key"),
    [
        (("bits",), "compress.solver"),
        (("bits", "round"), "compress.solver"),
        (("prune",), "compress.prune.solver"),
        (("round",), "compress.round.solver"),
        (("prune", "bits"), "compress.solver"),
    ],
)
def test_the_flag_means_the_method_that_has_a_solver(methods, key):
    assert solver_key(section(*methods)) == key
    assert solver_key(section(*methods, model="run:x")) == "compress.solver"


def test_a_solver_of_another_method_is_sent_there():
    with pytest.raises(ConfigError) as found:
        load("compressors", "bits").check(section("bits", "round", solver="gptq"))
    assert "--set compress.round.solver=gptq" in str(found.value.hint)


def test_what_distill_cannot_train_is_told():
    class Listening:
        heard = ()

        def say(self, message):
            self.heard += (message,)

    listener = Listening()
    tell(section("bits", "distill", export="safetensors"), listener)
    assert not listener.heard
    tell(section("bits", "distill", export="gguf"), listener)
    assert "norms alone" in listener.heard[0]
