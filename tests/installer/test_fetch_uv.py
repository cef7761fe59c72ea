"""Finding the right wheel of uv on an index: both page forms, the right machine, the right hash."""

import hashlib
import io
import json
import platform
import sys
import zipfile
from pathlib import Path

import pytest

from installer import SetUpError, fetch_uv

LINUX = "uv-1.2.3-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"


def wheel() -> bytes:
    """A wheel that holds a program and nothing else."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("uv-1.2.3.data/scripts/uv", "#!/bin/sh\n")
    return content.getvalue()


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder index that has the wheel, on a Linux machine without pip."""
    folder = tmp_path / "simple" / "uv"
    folder.mkdir(parents=True)
    (folder / LINUX).write_bytes(wheel())
    (folder / "index.html").write_text(f'<a href="{LINUX}#sha256=0">{LINUX}</a>', encoding="utf-8")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    return tmp_path / "simple"


def lock(folder: Path, digest: str) -> Path:
    """A lock that pins one hash."""
    path = folder / "uv.lock"
    path.write_text(f"uv==1.2.3 \\\n    --hash=sha256:{digest}\n", encoding="utf-8")
    return path


def test_the_program_is_taken_from_the_index_and_can_be_run(index: Path, tmp_path: Path) -> None:
    pinned = lock(tmp_path, hashlib.sha256(wheel()).hexdigest())
    fetch_uv.fetch_uv(pinned, {"index-url": index.as_uri()}, tmp_path / "uv")
    assert (tmp_path / "uv").read_text(encoding="utf-8") == "#!/bin/sh\n"
    assert (tmp_path / "uv").stat().st_mode & 0o111


def test_a_folder_of_wheels_serves_too(index: Path, tmp_path: Path) -> None:
    pinned = lock(tmp_path, hashlib.sha256(wheel()).hexdigest())
    (index / "uv" / "index.html").unlink()
    fetch_uv.fetch_uv(pinned, {"find-links": str(index / "uv"), "no-index": "1"}, tmp_path / "uv")
    assert (tmp_path / "uv").exists()


def test_a_wheel_with_another_hash_is_refused(index: Path, tmp_path: Path) -> None:
    with pytest.raises(SetUpError, match=r"no uv 1\.2\.3"):
        fetch_uv.fetch_uv(lock(tmp_path, "0" * 64), {"index-url": index.as_uri()}, tmp_path / "uv")


def test_the_wheel_of_this_machine_is_chosen() -> None:
    assert fetch_uv.fits(LINUX, "1.2.3", "linux", "x86_64")
    assert not fetch_uv.fits(LINUX, "1.2.3", "linux", "aarch64")
    assert not fetch_uv.fits(LINUX, "1.2.4", "linux", "x86_64")
    assert not fetch_uv.fits(LINUX.replace("manylinux", "musllinux"), "1.2.3", "linux", "x86_64")
    assert fetch_uv.fits("uv-1.2.3-py3-none-win_amd64.whl", "1.2.3", "win32", "AMD64")
    assert fetch_uv.fits("uv-1.2.3-py3-none-macosx_11_0_arm64.whl", "1.2.3", "darwin", "arm64")


def test_both_forms_of_a_page_are_read() -> None:
    page = "https://index.example/simple/uv/"
    html = b'<a href="../../files/a.whl#sha256=1">a</a> <a href="https://files.example/b.whl">b</a>'
    listed = json.dumps({"files": [{"url": "../../files/a.whl"}, {"url": "https://files.example/b.whl"}]}).encode()
    expected = ["https://index.example/files/a.whl", "https://files.example/b.whl"]
    assert fetch_uv.links(html, "text/html", page) == expected
    assert fetch_uv.links(listed, "application/vnd.pypi.simple.v1+json", page) == expected


def test_a_password_travels_in_the_header_only() -> None:
    request = fetch_uv.request("https://me:p%40ss@index.example/simple/uv/")
    assert request.full_url == "https://index.example/simple/uv/"
    assert request.get_header("Authorization") == "Basic bWU6cEBzcw=="


def test_pages_follow_pips_order() -> None:
    settings = {
        "find-links": "/wheels",
        "index-url": "https://a.example/simple/",
        "extra-index-url": "https://b.example",
    }
    assert fetch_uv.pages(settings) == ["file:///wheels", "https://a.example/simple/uv/", "https://b.example/uv/"]
    assert fetch_uv.pages(settings | {"no-index": "true"}) == ["file:///wheels"]
