"""`hf:` and `gguf:`: language models that transformers loads, without running code of theirs."""

from pathlib import Path

from qml.compression.subjects.causal import CausalSubject
from qml.compression.subjects.weights import refuse_pickle
from qml.compression.subjects.written import is_compressed
from qml.config.sections.compress import CompressSection
from qml.errors import UsageError
from qml.files import digest_file, digest_json
from qml.language.converting import check_gguf, converted
from qml.language.folders import (
    find_folder,
    gguf_of,
    has_tokenizer,
    needs_own_code,
    weights_of,
)
from qml.language.loading import check_torch, load
from qml.language.locate import PACKAGED, packaged
from qml.language.sources.base import Settings

_MAGIC = b"GGUF"
_OWN_CODE = "code that came with the model ran: compress.trust_remote_code"


def open_gguf(target: str, settings: Settings, section: CompressSection) -> CausalSubject:
    """Open a GGUF file; other files may lie beside it.

    Raises:
        UsageError: There is no such file, it is no GGUF, or its architecture is not known.
    """
    file = find_gguf(target, settings, section)
    return _opened(f"gguf:{target}", file.parent, converted(file, settings), settings, file=file)


def open_folder(target: str, settings: Settings, section: CompressSection) -> CausalSubject:
    """Open a folder of Hugging Face, or an id that is in the local cache.

    Raises:
        UsageError: It cannot be loaded safely, has no tokenizer, or its architecture is not known.
    """
    folder = find_pretrained(target, settings, section)
    file = gguf_of(folder)
    if file is not None:
        return _opened(f"hf:{target}", folder, converted(file, settings), settings, file=file)
    ran = section.trust_remote_code and needs_own_code(folder)
    return _opened(f"hf:{target}", folder, folder, settings, own_code=ran)


def find_gguf(target: str, settings: Settings, section: CompressSection) -> Path:
    """Return the GGUF file of an address; what can be told of it without loading it is told.

    Raises:
        UsageError: There is no such file, or it is no GGUF.
        MissingExtraError: What reads it is not installed.
    """
    del section
    check_torch()
    check_gguf()
    return _gguf_file(target, settings.root)


def find_pretrained(target: str, settings: Settings, section: CompressSection) -> Path:
    """Return the folder of an address; what can be told of it without loading it is told.

    Raises:
        UsageError: There is no such folder, it cannot be loaded safely, it has no tokenizer, or
            `qml compress` wrote it.
        MissingExtraError: What loads it is not installed.
    """
    check_torch()
    folder = find_folder(target, settings.root, own_code=section.trust_remote_code)
    if gguf_of(folder) is not None:
        check_gguf()
        return folder
    if not has_tokenizer(folder):
        raise UsageError(
            f"{folder} has no tokenizer, and texts must be cut into its tokens",
            hint="tokenizer.save_pretrained(FOLDER) writes it beside the weights",
        )
    if is_compressed(folder):
        raise UsageError(
            f"{folder} was written by `qml compress`, and is compressed already",
            hint="`qml compress verify` reads it; compress the model that it was made of",
        )
    for file in sorted(folder.glob("*.safetensors")):
        refuse_pickle(file)
    return folder


def _opened(
    name: str,
    folder: Path,
    loaded: Path,
    settings: Settings,
    *,
    file: Path | None = None,
    own_code: bool = False,
) -> CausalSubject:
    import torch

    if settings.threads:
        torch.set_num_threads(settings.threads)
    tokenizer, model = load(loaded, "AutoModelForCausalLM", both={"trust_remote_code": own_code})
    files = weights_of(folder) if file is None else [file]
    return CausalSubject(
        name,
        model,
        tokenizer,
        folder=file or folder,
        digest=digest_json({path.name: digest_file(path) for path in files}),
        notes=(_OWN_CODE,) if own_code else (),
    )


def _gguf_file(target: str, root: Path) -> Path:
    if target in PACKAGED:
        return packaged(target)
    path = root / Path(target).expanduser()
    if path.is_dir():
        raise UsageError(
            f"{path} is a folder; gguf: takes a file", hint=f"gguf:{path}/FILE.gguf, or hf:{path}"
        )
    if not path.is_file():
        raise UsageError(f"there is no {path}", hint="gguf:smollm2, or the path of a GGUF file")
    with path.open("rb") as stream:
        if stream.read(len(_MAGIC)) != _MAGIC:
            raise UsageError(
                f"{path} is no GGUF file: it does not begin with GGUF",
                hint="folders of safetensors are opened with hf:FOLDER",
            )
    return path
