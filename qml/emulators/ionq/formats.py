"""JSON schemas of the result formats."""

from typing import Any

_NUMBERS = {"type": "object", "additionalProperties": {"type": "number"}}


def _registers(inner: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["registers"],
        "properties": {"registers": {"type": "object", "additionalProperties": inner}},
    }


def _holding(key: str, inner: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": [key], "properties": {key: inner}}


_GATE = {"type": "object", "required": ["gate"], "properties": {"gate": {"type": "string"}}}
_BITS = {"type": "array", "items": {"type": "number"}}

FORMATS: dict[str, dict[str, Any]] = {
    "ionq.result.probabilities.json.v1": _NUMBERS,
    "ionq.result.probabilities.json.v2": _holding("probabilities", _registers(_NUMBERS)),
    "ionq.result.histogram.json.v1": _NUMBERS,
    "ionq.result.histogram.json.v2": _holding("histogram", _registers(_NUMBERS)),
    "ionq.result.shots.json.v1": {"type": "array", "items": {"type": "string"}},
    "ionq.result.shots.json.v2": _holding("shots", {"type": "array", "items": _registers(_BITS)}),
    "ionq.result.probabilities-aggregate.json.v1": {
        "type": "object",
        "additionalProperties": _NUMBERS,
    },
    "ionq.native.v1": {
        "type": "object",
        "required": ["qubits", "circuit"],
        "properties": {
            "qubits": {"type": "integer", "minimum": 1},
            "circuit": {"type": "array", "items": _GATE},
        },
    },
}


def schema(name: str) -> dict[str, Any]:
    """Return the document of a format."""
    head = {"$schema": "https://json-schema.org/draft-07/schema", "$id": name}
    return head | FORMATS[name]
