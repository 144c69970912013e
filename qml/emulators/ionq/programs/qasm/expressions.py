"""Angles: arithmetic over numbers, constants, functions and a gate's parameters."""

import ast
import math
import operator
from collections.abc import Callable, Mapping

from qml.emulators.ionq.answers import bad_request

_CONSTANTS = {
    "pi": math.pi,
    "π": math.pi,
    "tau": math.tau,
    "τ": math.tau,
    "euler": math.e,
    "ℇ": math.e,
}
_FUNCTIONS: dict[str, Callable[..., float]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "arcsin": math.asin,
    "arccos": math.acos,
    "arctan": math.atan,
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "pow": math.pow,
}
_BINARY: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_MOST = 1000


def evaluate(text: str, names: Mapping[str, float]) -> float:
    """Evaluate an angle.

    Args:
        text: The expression.
        names: Values of a gate's parameters.

    Raises:
        ApiError: 400, it is malformed, or its value is no finite number.
    """
    if len(text) > _MOST:
        raise _malformed(text)
    try:
        value = _value(ast.parse(text.strip(), mode="eval").body, names)
    except (SyntaxError, ValueError, TypeError, KeyError, ArithmeticError, RecursionError):
        raise _malformed(text) from None
    if not math.isfinite(value):
        raise _malformed(text)
    return value


def _malformed(text: str) -> Exception:
    return bad_request(f'"input.data": `{text[:80].strip()}` is not an angle.', "input.data")


def _value(node: ast.expr, names: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name):
            return names[name] if name in names else _CONSTANTS[name]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner, names)
        case ast.UnaryOp(op=ast.UAdd(), operand=inner):
            return _value(inner, names)
        case ast.BinOp(left=left, op=op, right=right):
            return float(_BINARY[type(op)](_value(left, names), _value(right, names)))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
            return _FUNCTIONS[name](*(_value(arg, names) for arg in args))
        case _:
            raise ValueError
