"""Units and channels of an `nn.Sequential`."""

from dataclasses import replace

import pytest
import torch
from torch import nn

from qml.compression.candidate import Candidate, applied
from qml.compression.prune import compress
from qml.compression.prune.chains import chains_of
from qml.compression.prune.shrinking import shrunk
from qml.compression.subjects.modules import ModuleSubject


def _network(middle=()):
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(1, 6, 3, padding=1),
        nn.BatchNorm2d(6),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 8, 3),
        *middle,
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(32, 10),
        nn.Tanh(),
        nn.Linear(10, 3),
    ).eval()


@pytest.fixture
def network():
    module = _network()
    module[1].running_mean.normal_()
    module[1].running_var.uniform_(0.5, 2)
    return ModuleSubject("torch:test", module, shape=(1, 8, 8), code="")


def test_chains_are_found_and_stop_at_what_mixes_channels(network):
    found = [
        (c.things, c.producers[0][0].name, c.consumer.name, c.columns)
        for c in chains_of(network, "neurons")
    ]
    assert found == [(6, "0", "4", 9), (8, "4", "7", 4), (10, "7", "9", 1)]
    mixing = ModuleSubject("x", _network((nn.Softmax(1),)), shape=(1, 8, 8), code="")
    assert [c.consumer.name for c in chains_of(mixing, "neurons")] == ["4", "10"]


def test_channels_and_units_go_and_the_smaller_network_is_the_candidate(make_bench, network):
    settings = {"pattern": "neurons", "tokens": 64, "rivals": ["wanda"]}
    bench = make_bench(target="50%", methods=["prune"], prune=settings)
    images = torch.randn(64, 64, generator=torch.Generator().manual_seed(0))
    examples = network.examples(images.numpy(), torch.zeros(64, dtype=torch.int64).numpy())
    bench = replace(bench, subject=network, calibration=examples)
    step = compress(bench, Candidate({}))
    small = shrunk(network, step.candidate())
    shapes = [tuple(small[place].weight.shape) for place in (0, 4, 7, 9)]
    assert shapes == [(3, 1, 3, 3), (4, 3, 3, 3), (5, 16), (3, 5)]
    assert small[1].num_features == 3
    with torch.inference_mode(), applied(network, step.candidate()):
        torch.testing.assert_close(small(examples.inputs), network.module(examples.inputs))
    losses = {entry.label: entry.objective for entry in step.entries}
    assert losses["brain_surgeon"] < losses["wanda"]
