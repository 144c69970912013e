"""What mitigation does to the work of a run, and what is assumed of the noise."""

from qml.backends.base import Capabilities
from qml.config import validate
from qml.mitigation.base import Noise
from qml.planning.mitigation.work import acts, noise_of, switched


def test_noise_is_what_is_told_then_what_a_simulator_has_then_what_is_published():
    def noise(device=None, *, exact=False, **sections):
        config = validate(sections)
        able = Capabilities(
            qubits=9, exact=exact, samples=True, noise=False, remote=device is not None
        )
        return noise_of(config.mitigation, config.backend, able, device)

    told = {"noise": {"depolarizing2": 0.5}}
    assert noise(mitigation=told, backend={"noise": {"model": "aria-1"}}).two_qubit == 0.5
    assert noise(backend={"noise": {"model": "aria-1"}}) == Noise(0.0005, 0.0133, 0.0)
    assert noise(exact=True) == Noise()
    assert noise() is None  # a vendor's model of a machine, in this process
    assert noise("forte-enterprise-1").two_qubit == 0.004949333
    assert noise("garnet") is None


def test_it_acts_only_on_shots():
    assert not acts(validate({"mitigation": {"method": "zne"}}))
    assert acts(validate({"mitigation": {"method": "zne"}, "backend": {"shots": 5}}))
    assert not acts(validate({"backend": {"shots": 5}}))
    assert acts(validate({"mitigation": {"overhead": 2}, "backend": {"shots": 5}}))


def test_debiasing_turns_the_vendors_switch():
    config = switched(validate({"mitigation": {"method": "debiasing"}}))
    assert config.backend.ionq.debiasing
    assert config.backend.azure.debiasing
    assert not switched(validate({})).backend.ionq.debiasing
