"""Translations: nothing on screen is left untranslated, and what is compiled is what is written."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = ROOT / "assets" / "i18n" / "twin_zh_CN.ts"


def _tool(name: str, *arguments: str) -> None:
    subprocess.run([Path(sys.executable).parent / f"pyside6-{name}", *arguments], check=True, capture_output=True)


@pytest.fixture
def updated(tmp_path: Path) -> Path:
    """The translations, brought up to date with the code in a copy."""
    copy = tmp_path / WRITTEN.name
    shutil.copy(WRITTEN, copy)
    sources = [str(path) for folder in ("panels", "desktop") for path in sorted((ROOT / "twin" / folder).glob("*.py"))]
    _tool("lupdate", *sources, "-ts", str(copy), "-no-obsolete", "-locations", "none")
    return copy


def test_every_text_of_the_code_is_translated(updated: Path) -> None:
    messages = ElementTree.parse(updated).getroot().iter("message")
    texts = {message.findtext("source"): message.find("translation") for message in messages}
    assert len(texts) > 100
    assert [text for text, found in texts.items() if found is None or found.get("type") or not found.text] == []


def test_placeholders_survive_translation(updated: Path) -> None:
    for message in ElementTree.parse(updated).getroot().iter("message"):
        source, translated = message.findtext("source", ""), message.findtext("translation", "")
        assert source.count("{") == translated.count("{"), source


def test_the_compiled_file_is_that_of_the_written_one(tmp_path: Path) -> None:
    _tool("lrelease", str(WRITTEN), "-qm", str(tmp_path / "fresh.qm"))
    assert (tmp_path / "fresh.qm").read_bytes() == WRITTEN.with_suffix(".qm").read_bytes()
