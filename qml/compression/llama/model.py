"""A GGUF file in memory: logits of every position, greedy continuation."""

import ctypes
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from qml.compression.llama import library
from qml.errors import PlanError, UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_POINTER, _INT, _UINT, _BOOL = ctypes.c_void_p, ctypes.c_int32, ctypes.c_uint32, ctypes.c_bool
_FLOATS = ctypes.POINTER(ctypes.c_float)
_DECODE = 1
"""LLAMA_PROCESS_TYPE_DECODE of llama.h."""


class LlamaModel:
    """A GGUF file with one context; closed by `close` or at the end of a `with`.

    Args:
        path: The file.
        context: Most tokens of a text.
        threads: Threads of the engine.

    Raises:
        UsageError: The file cannot be loaded.
        PlanError: The engine lacks a function, or does not take the settings.
    """

    def __init__(self, path: Path, *, context: int, threads: int) -> None:
        self.context = context
        self._model = self._context = self._batch = None
        with library.listening():
            _call("llama_backend_init", None, ())
            self._model = _loaded(path)
            try:
                self._context = self._opened(path)
                self._batch = _call("llama_batch_ext_init", _POINTER, (_POINTER,), self._context)
            except BaseException:
                self.close()
                raise
            kinds = (_POINTER, _INT, _INT)
            _call("llama_set_n_threads", None, kinds, self._context, threads, threads)
        self.classes = int(_call("llama_vocab_n_tokens", _INT, (_POINTER,), self.vocabulary))

    def logits(self, tokens: Sequence[int]) -> "NDArray[np.float32]":
        """Return the logits after each token of a text, shape (tokens, classes).

        Raises:
            PlanError: The text is longer than the context, or a token is unknown.
        """
        self.forget()
        self._push(tokens, 0, every=True)
        get = library.function("llama_get_logits_ith", _FLOATS, (_POINTER, _INT))
        found = np.empty((len(tokens), self.classes), np.float32)
        for place in range(len(tokens)):
            found[place] = np.ctypeslib.as_array(get(self._context, place), (self.classes,))
        return found

    def follow(self, tokens: Sequence[int]) -> Iterator[int]:
        """Yield the likeliest token after a text, then the one after that, without end.

        Stops where the context is full.
        """
        self.forget()
        get = library.function("llama_get_logits_ith", _FLOATS, (_POINTER, _INT))
        done, fresh = 0, list(tokens)
        while done + len(fresh) <= self.context:
            self._push(fresh, done, every=False)
            done += len(fresh)
            last = np.ctypeslib.as_array(get(self._context, -1), (self.classes,))
            fresh = [int(last.argmax())]
            yield fresh[0]

    def forget(self) -> None:
        """Empty the cache of keys and values."""
        memory = _call("llama_get_memory", _POINTER, (_POINTER,), self._context)
        _call("llama_memory_clear", None, (_POINTER, _BOOL), memory, True)  # noqa: FBT003 - C

    @property
    def vocabulary(self) -> int:
        """Address of the engine's vocabulary."""
        found: int = _call("llama_model_get_vocab", _POINTER, (_POINTER,), self._model)
        return found

    def template(self) -> str | None:
        """Return the chat template of the file, or None."""
        kinds = (_POINTER, ctypes.c_char_p)
        found = _call("llama_model_chat_template", ctypes.c_char_p, kinds, self._model, None)
        return None if found is None else found.decode()

    def close(self) -> None:
        """Free the memory; more than once does no harm."""
        with library.listening():
            for name, attribute in (
                ("llama_batch_ext_free", "_batch"),
                ("llama_free", "_context"),
                ("llama_model_free", "_model"),
            ):
                if (address := getattr(self, attribute)) is not None:
                    setattr(self, attribute, None)
                    _call(name, None, (_POINTER,), address)

    def __enter__(self) -> Self:
        """Return the model."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Free the memory."""
        self.close()

    def _opened(self, path: Path) -> int:
        """Return a context; n_ctx, n_batch and n_ubatch are the first numbers of its settings."""
        settings = _call("llama_context_default_params", library.Settings, ())
        numbers = (ctypes.c_uint32 * 3).from_buffer(settings)
        numbers[:] = [self.context] * 3
        kinds = (_POINTER, library.Settings)
        found = _call("llama_init_from_model", _POINTER, kinds, self._model, settings)
        if found is None:
            raise UsageError(f"{path} cannot be run: {library.complaint()}")
        for name in ("llama_n_ctx", "llama_n_batch"):
            # the engine rounds up; less means that the layout of its settings has changed
            if _call(name, _UINT, (_POINTER,), found) < self.context:
                _call("llama_free", None, (_POINTER,), found)
                raise PlanError(
                    f"{library.engine()} does not take a context of {self.context} tokens",
                    hint="its settings may have changed: use the version that qml was tested with",
                )
        return int(found)

    def _push(self, tokens: Sequence[int], start: int, *, every: bool) -> None:
        """Run tokens through the model; keep the logits of every one, or of the last."""
        _call("llama_batch_ext_clear", None, (_POINTER,), self._batch)
        kinds = (_POINTER, _INT, _BOOL)
        add = library.function("llama_batch_ext_add_token", _INT, (_POINTER, _INT, _INT))
        put = library.function(
            "llama_batch_ext_set_pos", _BOOL, (_POINTER, _INT, ctypes.POINTER(_INT))
        )
        ask = library.function("llama_batch_ext_set_output_logits", _BOOL, kinds)
        for place, token in enumerate(tokens):
            if add(self._batch, 0, token) != place:
                raise PlanError(
                    f"llama.cpp refuses token {place} of {len(tokens)} (id {token}): the context"
                    f" has {self.context} places and the vocabulary {self.classes} ids"
                )
            put(self._batch, place, ctypes.byref(_INT(start + place)))
            ask(self._batch, place, every or place == len(tokens) - 1)
        run = library.function("llama_process", _INT, (_POINTER, _INT, _POINTER))
        with library.listening():
            status = run(self._context, _DECODE, self._batch)
        if status:
            raise PlanError(f"llama.cpp fails with code {status}: {library.complaint()}")


def _call(name: str, result: object, kinds: Sequence[object], *arguments: object) -> Any:
    return library.function(name, result, kinds)(*arguments)


def _loaded(path: Path) -> int:
    settings = _call("llama_model_default_params", library.Settings, ())
    kinds = (ctypes.c_char_p, library.Settings)
    found = _call("llama_model_load_from_file", _POINTER, kinds, os.fsencode(path), settings)
    if found is None:
        raise UsageError(
            f"{path} cannot be loaded by {library.engine()}: {library.complaint()}",
            hint="is the file whole, and is its architecture known to your xllamacpp?",
        )
    return int(found)
