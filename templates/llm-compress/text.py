"""Writes two texts that share nothing: the help topics that come with every Python.

python text.py

Decisions are made on calibrate.txt; the table is made on evaluate.txt. To use texts of your own,
put them in the place of both, or name them in qml.toml: plain text, UTF-8, of the kind that the
model will read. 3,000 words to decide on and 1,500 to judge on are enough for a first look; more
make the intervals narrower.
"""

from collections.abc import Iterable
from pathlib import Path
from pydoc_data.topics import topics

# Each of these is long and about one thing.
HELD_OUT = ("debugger", "string-methods", "typesseq")
LONG = 4_000


def paragraphs(names: Iterable[str]) -> list[str]:
    """Return the paragraphs of some topics, in their order."""
    return [part.strip() for name in names for part in topics[name].split("\n\n") if part.strip()]


def apart() -> tuple[str, str]:
    """Return both texts; lines of the first are left out of the second."""
    others = sorted(name for name, text in topics.items() if len(text) >= LONG)
    calibrate = paragraphs(name for name in others if name not in HELD_OUT)
    known = {line.strip() for part in calibrate for line in part.splitlines()}
    evaluate = [
        part
        for part in paragraphs(HELD_OUT)
        if not any(line.strip() in known for line in part.splitlines())
    ]
    return "\n\n".join(calibrate), "\n\n".join(evaluate)


def main() -> None:
    """Write both files."""
    for name, text in zip(("calibrate.txt", "evaluate.txt"), apart(), strict=True):
        Path(name).write_text(f"{text}\n", encoding="utf-8")
        print(f"{name}: {len(text.split()):,} words")


if __name__ == "__main__":
    main()
