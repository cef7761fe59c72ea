"""What a window looks at: the embedded plant, a server somewhere, or a recording; and the processes behind it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from twin.desktop.children import Child, free_port, running_child, start_child
from twin.desktop.clock import utc_now_ns
from twin.desktop.folders import new_recording
from twin.errors import LayoutError
from twin.plant.shipped import OUTDOOR_LINE


@dataclass(frozen=True, slots=True)
class Source:
    """Where a window's frames come from.

    Attributes:
        address: the recording's folder.
        growing: a gateway of ours is recording it; it may not be there yet.
        layout: the layout file's text, as far as it is known before the recording can be opened.
        simulated: what is expected of it; the recording itself has the last word.
        children: processes that end with the window, in the order in which they are to be stopped.
        title: for the window's title.
    """

    address: Path
    growing: bool
    layout: str | None
    simulated: bool
    children: tuple[Child, ...]
    title: str


def embedded_source(layout: Path | None, *, seed: int, speed: float) -> Source:
    """The embedded plant, served and recorded by processes of our own; those that still run are joined.

    The processes are started before the layout is read here, because they take longest to come up.
    """
    plant = running_child("plant") or _start_plant(layout or OUTDOOR_LINE, seed, speed)
    path = Path(plant.facts["layout"])
    gateway = running_child("gateway") or _start_gateway("gateway", plant.facts["url"], path, "embedded")
    children = (gateway, plant)
    try:
        text = _checked_text(path)
    except LayoutError:
        for child in children:
            child.stop()
        raise
    return Source(Path(gateway.facts["folder"]), True, text, True, children, "")


def address_source(what: str, layout: Path | None) -> Source:
    """A recording's folder, or a server's address, which a gateway of ours then records."""
    text = _checked_text(layout) if layout else None
    if not what.startswith("opc.tcp://"):
        return Source(Path(what), False, text, False, (), what)
    name = f"gateway-{hashlib.sha256(what.encode()).hexdigest()[:10]}"
    label = "".join(letter if letter.isalnum() else "-" for letter in what.removeprefix("opc.tcp://")).strip("-")
    gateway = running_child(name) or _start_gateway(name, what, layout, label)
    return Source(Path(gateway.facts["folder"]), True, text, False, (gateway,), what)


def _checked_text(path: Path) -> str:
    from twin.plant.layout_file import read_layout  # takes longer than starting the processes, which must come first

    read_layout(path)
    return path.read_text(encoding="utf-8")


def _start_plant(layout: Path, seed: int, speed: float) -> Child:
    port = free_port()
    arguments = ["serve", "--layout", str(layout.resolve()), "--port", str(port), "--seed", str(seed)]
    facts = {"url": f"opc.tcp://127.0.0.1:{port}/", "layout": str(layout.resolve())}
    return start_child("plant", [*arguments, "--speed", str(speed)], facts)


def _start_gateway(name: str, url: str, layout: Path | None, label: str) -> Child:
    stamp = datetime.fromtimestamp(utc_now_ns() / 1e9, UTC).strftime("%Y%m%dT%H%M%SZ")
    folder = new_recording(label, stamp)
    arguments = ["record", url, "--to", str(folder)]
    if layout is not None:
        arguments += ["--layout", str(layout.resolve())]
    return start_child(name, arguments, {"folder": str(folder), "url": url})
