"""Stored tensors multiplied out by ONNX Runtime are the numbers of the simulation."""

import numpy as np
import pytest
import torch
from compression.export.matrices import masked, matrix

from qml.compression.export.onnx import check, formats, stored
from qml.compression.export.onnx.tensors import piece
from qml.compression.formats import IntegerFormat, Plain
from qml.compression.formats.plain import PlainPart
from qml.compression.formats.sparse import sparse
from qml.compression.formats.structured import StructuredPart
from qml.config.sections.compress import CompressSection
from qml.errors import ConfigError, PlanError

onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")


def run(made, shape) -> np.ndarray:
    from onnx import TensorProto, helper

    output = helper.make_tensor_value_info("w", TensorProto.FLOAT, shape)
    graph = helper.make_graph(made.nodes, "piece", [], [output], made.initialisers)
    imports = [helper.make_opsetid("", 25)]
    model = helper.make_model(
        graph, opset_imports=imports, ir_version=helper.find_min_ir_version_for(imports)
    )
    onnx.checker.check_model(model)
    return onnxruntime.InferenceSession(model.SerializeToString()).run(None, {})[0]


def assert_same(part, shape) -> int:
    made = piece("w", part, shape)
    dense = part if isinstance(part, torch.Tensor) else part.dense()
    np.testing.assert_array_equal(run(made, shape), dense.float().view(*shape))
    return sum(len(tensor.raw_data) for tensor in made.initialisers)


@pytest.mark.parametrize("width", [2, 4, 8])
@pytest.mark.parametrize("shape", [(6, 64), (5, 40), (3, 7), (4, 2, 3, 3)])
def test_integers(width: int, shape: tuple[int, ...]) -> None:
    rows, columns = shape[0], int(np.prod(shape[1:]))
    part = IntegerFormat(width, 16).quantise(matrix(rows, columns))
    size = assert_same(part, shape)
    assert size - (0 if len(shape) == 2 else 8 * len(shape)) == stored(part.form, rows, columns) / 8


@pytest.mark.parametrize("shape", [(6, 20), (6, 5, 2, 2)])
def test_pruned(shape: tuple[int, ...]) -> None:
    values = matrix(6, 20)
    assert_same(sparse(values, values > 0), shape)
    assert_same(masked(IntegerFormat(4, 8).quantise(values), 0.3), shape)
    rows, columns = torch.tensor([0, 2, 5]), torch.arange(1, 20, 2)
    inner = IntegerFormat(2, 8).quantise(values[rows][:, columns])
    assert_same(StructuredPart(inner=inner, rows=rows, columns=columns, shape=(6, 20)), shape)


def test_numbers() -> None:
    values = matrix(16, 8)
    assert assert_same(PlainPart(values.half()), (16, 8)) == 2 * 128
    assert assert_same(values.bfloat16(), (16, 8)) == 2 * 128
    assert assert_same(values, (16, 8)) == 4 * 128
    assert assert_same(Plain(16).quantise(matrix(2, 3)), (2, 3)) == 4 * 6  # no cast for so few


def test_other_widths_are_refused() -> None:
    with pytest.raises(PlanError, match="ONNX holds no tensor in int3g8") as caught:
        piece("w", IntegerFormat(3, 8).quantise(matrix(2, 8)), (2, 8))
    assert "2, 4, 8" in str(caught.value.hint)


def test_widths_on_offer_are_those_that_onnx_has() -> None:
    section = CompressSection.model_validate({"bits": {"widths": [2, 3, 4, 6, 8]}})
    assert [form.width for form in formats(section)] == [2, 4, 8]
    with pytest.raises(ConfigError, match="2, 4, 8 bits alone"):
        check(CompressSection.model_validate({"bits": {"widths": [3, 6]}}))
