"""The small types that every part of a layout uses: identifiers, names in both languages, tags, poses."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from twin.plant.process import Model
from twin.plant.signals import Signal

Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=64)]
Label = Annotated[str, Field(min_length=1, max_length=200)]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Point = tuple[float, float]
Raw = dict[str, Any]  # a layout or a part of one, as JSON has it
DataType = Literal["Boolean", "Int32", "UInt32", "Int64", "Float", "Double", "String", "DateTime"]


class Name(Model):
    """A name in both languages of the product."""

    en: Label
    zh_CN: Label

    def text(self, language: str) -> str:
        """The name in `language` (`en`, `zh_CN`); any other language reads English."""
        return self.zh_CN if language == "zh_CN" else self.en


class Tag(Model):
    """One variable of the plant.

    Attributes:
        id: unique within its owner (station, carrier, vehicle).
        browse_path: from the owner's node, names separated by `/`; a name may carry a namespace alias: `packml:Status`.
            One that begins with `/` starts at the Objects folder, for servers that are not built by area and line.
        low, high: alarm limits in `unit`; None where there is none.
        signal: how the simulated plant makes the value; None for what the kernel itself knows (state, counters, moves).
    """

    id: Identifier
    browse_path: Label
    data_type: DataType = "Double"
    unit: str = ""
    low: float | None = None
    high: float | None = None
    name: Name | None = None
    signal: Signal | None = None


class Pose(Model):
    """Where something stands on the floor."""

    x_m: float = 0.0
    y_m: float = 0.0
    heading_deg: float = 0.0
