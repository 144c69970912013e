"""The walk through a model: whose inputs, in which order, with which weights."""

import pytest
import torch

from qml.compression.calibration import walking
from qml.compression.calibration.inputs import rows_of
from qml.compression.candidate import Candidate, applied
from qml.compression.formats import IntegerFormat
from qml.compression.judging import outputs
from qml.errors import PlanError

KINDS = [
    ("q_proj", "k_proj", "v_proj"),
    ("o_proj",),
    ("gate_proj", "up_proj"),
    ("down_proj",),
]


def inputs_of(subject, name, examples):
    """The whole model's own inputs of a module, by torch's hook, all examples at once."""
    seen = []
    module = subject.module.get_submodule(name)
    handle = module.register_forward_pre_hook(lambda _, args: seen.append(args[0]))
    with torch.inference_mode():
        subject.module(input_ids=examples.inputs)
    handle.remove()
    return seen[0].flatten(0, -2).double()


def coarse(subject):
    form = IntegerFormat(2)
    return {u.name: form.quantise(subject.weight(u).detach()) for u in subject.units}


def test_units_that_share_an_input_share_a_site(make_bench):
    bench = make_bench()
    with walking(bench.subject, Candidate({}), bench.sample(64)) as walk:
        sites = list(walk.sites())
    assert [tuple(u.kind for u in site.units) for site in sites] == KINDS * 2
    assert [u for site in sites for u in site.units] == list(bench.subject.units)


def test_second_moments_are_those_of_the_model(make_bench):
    bench = make_bench()
    examples = bench.sample(128)
    with walking(bench.subject, Candidate({}), examples) as walk:
        for site in walk.sites():
            x = inputs_of(bench.subject, site.units[0].name, examples)
            assert site.count == len(x) == examples.inputs.numel()
            torch.testing.assert_close(site.hessian, x.T @ x / len(x), rtol=1e-4, atol=1e-6)
            torch.testing.assert_close(site.norms, x.square().mean(0).sqrt(), rtol=1e-4, atol=1e-6)


def walked(bench, examples, new, *, sequential, drift=False):
    """All sites of a walk that accepts coarse weights, and what each may see of them."""
    with walking(
        bench.subject, Candidate({}), examples, sequential=sequential, drift=drift
    ) as walk:
        sites = []
        for site in walk.sites():
            sites.append(site)
            for unit in site.units:
                walk.accept(unit, new[unit.name].dense())
    for site in sites:
        names = [
            u.name
            for i, u in enumerate(bench.subject.units)
            if u.stage < site.units[0].stage
            or (sequential and i < bench.subject.units.index(site.units[0]))
        ]
        yield site, Candidate({name: new[name] for name in names})


@pytest.mark.parametrize("sequential", [False, True])
def test_later_units_see_what_was_accepted(make_bench, sequential):
    bench = make_bench()
    examples, new = bench.sample(64), coarse(bench.subject)
    for site, before in walked(bench, examples, new, sequential=sequential):
        with applied(bench.subject, before):
            x = inputs_of(bench.subject, site.units[0].name, examples)
        torch.testing.assert_close(site.hessian, x.T @ x / len(x), rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("sequential", [False, True])
def test_drift_is_from_the_teachers_inputs(make_bench, sequential):
    bench = make_bench()
    examples, new = bench.sample(64), coarse(bench.subject)
    for site, before in walked(bench, examples, new, sequential=sequential, drift=True):
        teacher = inputs_of(bench.subject, site.units[0].name, examples)
        with applied(bench.subject, before):
            x = inputs_of(bench.subject, site.units[0].name, examples)
        assert before.parts == {} or site.drift.abs().max() > 0
        torch.testing.assert_close(site.drift, (teacher - x).T @ x / len(x), rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("fail", [False, True])
def test_the_model_is_its_own_again(make_bench, fail):
    bench = make_bench()
    examples, new = bench.sample(32), coarse(bench.subject)
    before = torch.cat(list(outputs(bench.subject, examples))).clone()

    def go():
        with walking(bench.subject, Candidate(new), examples) as walk:
            for site in walk.sites():
                for unit in site.units:
                    walk.accept(unit, torch.zeros(unit.rows, unit.columns))
                if fail:
                    raise KeyboardInterrupt

    if fail:
        with pytest.raises(KeyboardInterrupt):
            go()
    else:
        go()
    torch.testing.assert_close(torch.cat(list(outputs(bench.subject, examples))), before)


@pytest.mark.parametrize("groups", [1, 2])
def test_a_convolution_is_a_product_with_its_patches(groups):
    torch.manual_seed(0)
    conv = torch.nn.Conv2d(4, 6, 3, stride=2, padding=1, groups=groups, bias=False)
    x = torch.randn(2, 4, 9, 9)
    rows = rows_of(conv, x)
    whole = conv.weight.detach().flatten(1)
    found = rows @ whole.T  # every row with every output channel
    wanted = conv(x).detach().flatten(2)  # (images, out, places)
    found = found.view(2, groups, -1, 6)
    for channel in range(6):
        torch.testing.assert_close(
            found[:, channel // (6 // groups), :, channel], wanted[:, channel]
        )


def test_what_is_no_matrix_is_refused():
    with pytest.raises(PlanError, match="Embedding"):
        rows_of(torch.nn.Embedding(3, 4), torch.zeros(3))
