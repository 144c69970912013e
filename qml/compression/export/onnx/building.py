"""The file of a candidate: the model's graph with stored weights."""

import json
from typing import TYPE_CHECKING

from torch import Tensor

from qml.compression.candidate import Candidate
from qml.compression.export.onnx.skeleton import skeleton_of
from qml.compression.export.onnx.tensors import piece
from qml.compression.export.untouched import untouched
from qml.compression.formats.base import Part
from qml.compression.subjects.base import Subject

if TYPE_CHECKING:
    from onnx import ModelProto

SCHEMA = "qml.compressed-onnx/1"


def build(subject: Subject, candidate: Candidate) -> "ModelProto":
    """Return a graph that computes with a candidate's weights.

    Raises:
        PlanError: The model cannot be exported, or a part is in a format that ONNX does not have.
    """
    from onnx import ModelProto, helper

    skeleton = skeleton_of(subject)
    model = ModelProto()
    model.CopyFrom(skeleton.model)
    parts = {f"{name}.weight": part for name, part in candidate.parts.items()}
    stored: dict[str, Tensor | Part] = {**parts, **untouched(subject, candidate)}
    state = subject.module.state_dict()
    made = []
    for name, own in skeleton.weights.items():
        found = piece(name, stored.get(own, state.get(own)), tuple(state[own].shape))
        model.graph.initializer.extend(found.initialisers)
        made += found.nodes
    nodes = [*made, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    told = subject.describe()
    helper.set_model_props(
        model,
        {"format": SCHEMA, "model": json.dumps({k: told[k] for k in ("source", "sha256")})},
    )
    model.ir_version = helper.find_min_ir_version_for(list(model.opset_import))
    return model
