"""A sentence encoder of Hugging Face: masked mean of its last layer, of unit length.

Reimers, Gurevych, "Sentence-BERT", EMNLP 2019. Texts go through one by one: on a processor a batch
is no faster, and a text's vector cannot depend on its neighbours.
"""

import json
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.files import digest_file, digest_json
from qml.language.folders import weights_of
from qml.language.loading import check_torch, load

_LONGEST = 512


class TransformerEmbedder:
    """A folder with an encoder; see `Embedder`.

    Args:
        name: As the user wrote it.
        folder: Config, tokenizer and safetensors.

    Raises:
        MissingExtraError: torch or transformers is not installed.
    """

    def __init__(self, name: str, folder: Path) -> None:
        check_torch()
        self.name = name
        self.folder = folder

    def describe(self) -> dict[str, Any]:
        """Return name, digest and engine."""
        engine = f"transformers {version('transformers')}, torch {version('torch')}"
        return {"embedding": self.name, "sha256": self.digest, "engine": engine}

    @cached_property
    def digest(self) -> str:
        """One digest over weights, config and vocabulary."""
        return digest_json({path.name: digest_file(path) for path in weights_of(self.folder)})

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Embed texts."""
        if not texts:
            return np.zeros((0, self._model[1].config.hidden_size))
        return np.stack([self._row(text) for text in texts])

    def _row(self, text: str) -> NDArray[np.float64]:
        import torch

        tokenizer, model = self._model
        tokens = tokenizer(text, truncation=True, max_length=self._longest, return_tensors="pt")
        with torch.inference_mode():
            hidden = model(**tokens).last_hidden_state[0].double()
        mask = tokens["attention_mask"][0, :, None]
        mean = ((hidden * mask).sum(0) / mask.sum()).numpy()
        row: NDArray[np.float64] = mean / np.linalg.norm(mean)
        return row

    @cached_property
    def _longest(self) -> int:
        """Tokens that the encoder was trained on, where its folder says so."""
        path = self.folder / "sentence_bert_config.json"
        if not path.is_file():
            return _LONGEST
        return int(json.loads(path.read_text(encoding="utf-8")).get("max_seq_length", _LONGEST))

    @cached_property
    def _model(self) -> tuple[Any, Any]:
        tokenizer, model = load(self.folder, "AutoModel")
        return tokenizer, model
