"""Runs a decoder layer by layer, whatever its layers are given beside the hidden state.

Positions and masks depend on the shape of the input alone (no text is padded), so they are recorded
once for each shape, from the model's own forward pass.
"""

from contextlib import ExitStack
from typing import Any, NoReturn

import torch
from torch import Tensor, nn

from qml.compression.subjects.decoders import Decoder, unknown

Arguments = list[tuple[tuple[Any, ...], dict[str, Any]]]
_PROBE = 8
_NEAR = 1e-3


class _Reached(Exception):  # noqa: N818 - no error: how a forward pass is left at its first layer
    def __init__(self, state: Tensor) -> None:
        self.state = state


class Flow:
    """A decoder as a chain of stages: embedding, then its layers.

    Args:
        decoder: Its parts.

    Raises:
        UsageError: The chain does not give what the model itself gives.
    """

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self._recorded: dict[tuple[int, ...], Arguments] = {}
        self._check()

    def embed(self, ids: Tensor) -> Tensor:
        """Return what the first layer gets, shape (chunks, length, hidden)."""
        self._arguments(ids.shape)

        def leave(_: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> NoReturn:
            raise _Reached(args[0] if args else kwargs["hidden_states"])

        handle = self._decoder.layers[0].register_forward_pre_hook(leave, with_kwargs=True)
        try:
            self._run(ids)
        except _Reached as reached:
            return reached.state
        finally:
            handle.remove()
        raise unknown(self._decoder.model)

    def layer(self, place: int, state: Tensor) -> Tensor:
        """Carry hidden states through one layer."""
        args, kwargs = self._arguments(state.shape[:2])[place]
        found = self._decoder.layers[place](state, *args, **kwargs)
        return found[0] if isinstance(found, tuple) else found

    def logits(self, state: Tensor) -> Tensor:
        """Return the logits of hidden states, shape (..., classes)."""
        return self._decoder.head(self.features(state))

    def features(self, state: Tensor) -> Tensor:
        """Return what the head multiplies, shape (..., width)."""
        return self._decoder.norm(state)

    def head(self) -> Tensor | None:
        """Return the matrix of the head, shape (classes, width), or None where it is no matrix."""
        head = self._decoder.head
        return head.weight if type(head) is nn.Linear and head.bias is None else None

    def _arguments(self, shape: torch.Size) -> Arguments:
        key = tuple(shape)
        if key not in self._recorded:
            self._recorded[key] = self._record(key)
        return self._recorded[key]

    def _record(self, shape: tuple[int, ...]) -> Arguments:
        found: Arguments = []

        def note(_: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
            given = {key: v for key, v in kwargs.items() if key != "hidden_states"}
            found.append((args[1:], given))

        with ExitStack() as stack:
            for layer in self._decoder.layers:
                handle = layer.register_forward_pre_hook(note, with_kwargs=True)
                stack.callback(handle.remove)
            # no inference mode: what is recorded is used where gradients are taken, too
            stack.enter_context(torch.inference_mode(mode=False))
            stack.enter_context(torch.no_grad())
            self._run(torch.zeros(shape, dtype=torch.long))
        return found

    def _run(self, ids: Tensor) -> None:
        self._decoder.model.base_model(input_ids=ids, use_cache=False)

    def _check(self) -> None:
        """Hold the chain against the model on a few tokens."""
        model: Any = self._decoder.model
        ids = torch.arange(min(_PROBE, model.config.vocab_size))[None]
        with torch.no_grad():
            whole = model(input_ids=ids, use_cache=False).logits
            state = self.embed(ids)
            if len(self._arguments(ids.shape)) != len(self._decoder.layers):
                raise unknown(model)
            for place in range(len(self._decoder.layers)):
                state = self.layer(place, state)
            chained = self.logits(state)
        if not torch.allclose(chained, whole, rtol=_NEAR, atol=_NEAR * float(whole.abs().max())):
            raise unknown(model)
