"""`[data]`: which rows a model sees, and how they are prepared."""

from typing import Any, Literal

from pydantic import Field

from qml.config.base import Section


class DataSection(Section):
    """Exactly one of `name`, `path` and `entry` names the data; the rest prepares it."""

    name: str | None = Field(
        None, description="A registered data set, e.g. `digits` or `fashion_mnist`."
    )
    options: dict[str, Any] = Field(
        {}, description="Settings of a named data set, e.g. { features = 4 } of `two_curves`."
    )
    path: str | None = Field(None, description="A CSV, Parquet or NPZ file.")
    entry: str | None = Field(
        None,
        pattern=r"^[\w.]+:\w+$",
        description="`module:function` of your own that returns features and labels.",
    )
    dir: str | None = Field(
        None, description="Folder that holds the files of a named data set, if not downloaded."
    )
    target: str = Field("target", min_length=1, description="Column of the labels in a file.")
    split: str | None = Field(
        None, description="Column that says `train`, `validation` or `test` for each row of a file."
    )
    features: int | list[str] | None = Field(
        None,
        description="A number: keep that many principal components. A list: use these columns.",
    )
    classes: int | list[int | str] | None = Field(
        None, description="A number: keep the first so many classes. A list: keep these labels."
    )
    rows: int | None = Field(
        None, ge=4, description="Keep at most this many training rows, drawn with the seed (rows)."
    )
    scale: Literal["auto", "angle", "standard", "none"] = Field(
        "auto",
        description="`angle`: min-max to [-pi/2, pi/2]; `standard`: mean 0, deviation 1; `auto`: "
        "what the model asks for.",
    )
    test_fraction: float = Field(
        0.2, gt=0, lt=1, description="Share of rows kept for the test where no split is given."
    )
    validation_fraction: float = Field(
        0.1, ge=0, lt=1, description="Share of training rows that early stopping watches."
    )
    hold_out: bool = Field(
        default=False,
        description="Keep validation rows back though nothing stops early, and judge the trained"
        " model on them, as `qml tune` does.",
    )
