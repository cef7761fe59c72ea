"""Where the layouts lie that come with the product. Apart from the model, so that asking does not load it."""

from __future__ import annotations

from pathlib import Path

SHIPPED = Path(__file__).resolve().parents[2] / "layouts"
OUTDOOR_LINE = SHIPPED / "outdoor-line.json"


def shipped_layouts() -> tuple[Path, ...]:
    """The layout files that come with the product."""
    return _but_schemas(SHIPPED)


def shipped_scenarios() -> tuple[Path, ...]:
    """The scenario files that come with the product."""
    return _but_schemas(SHIPPED / "scenarios")


def layout_path(text: str) -> Path:
    """The file that a command line means: a path, or the name of a shipped layout (`default`, `outdoor-line`)."""
    shipped = SHIPPED / f"{text}.json"
    return shipped if shipped in shipped_layouts() and not Path(text).exists() else Path(text)


def _but_schemas(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.glob("*.json") if not path.name.endswith(".schema.json")))
