"""DeepQuantum on Torch: the batch as data of the encoding, backprop by autograd."""

from typing import Any

import deepquantum as dq
import torch

from qml.benchmarking.measurements.step.peers.base import Descent, Document, Peer

PACKAGES = ("deepquantum", "torch")


def _circuit(case: Document) -> tuple[Any, list[int], list[int]]:
    """Return the circuit; and the data column of each encoding gate, the weight of each other."""
    circuit = dq.QubitCircuit(case["wires"])
    columns = []
    for name, wires, source in case["gates"]:
        if source is None:
            circuit.cnot(*wires)
            continue
        getattr(circuit, name)(wires[0], encode=True)
        columns.append(source[1] + (0 if source[0] == "x" else case["wires"]))
    for i in range(case["wires"]):
        circuit.observable(i)
    return circuit, columns, []


def prepare(case: Document) -> Peer:
    """Build the circuit; weights are data too, the same in all rows."""
    circuit, columns, _ = _circuit(case)
    place = torch.tensor(columns)
    x = torch.tensor(case["inputs"], requires_grad=case["inputs_too"])

    def value_and_gradient(w: Any) -> tuple[Any, Any]:
        w = w.detach().requires_grad_()
        data = torch.cat([x, w.expand(len(x), -1)], dim=1)[:, place]
        circuit(data=data)
        loss = (circuit.expectation() ** 2).sum()
        of = [w, x] if case["inputs_too"] else [w]
        return loss.detach(), torch.autograd.grad(loss, of)

    facts = {"method": "backprop, Torch", "precision": "complex64"}
    return Descent(value_and_gradient, torch.tensor(case["weights"]), facts)
