"""Fetches the one tool the set-up needs: the pinned uv, through the index pip is configured for, checked by hash."""

import base64
import hashlib
import importlib.util
import io
import json
import platform
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

from installer import SetUpError
from installer.pip_settings import PUBLIC_INDEX

SIMPLE_API = "application/vnd.pypi.simple.v1+json, text/html;q=0.5"
PLATFORM_TAGS = {"linux": "manylinux", "darwin": "macosx", "win32": "win"}


class _Anchors(HTMLParser):
    """Collects where the anchors of a page lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


def pinned(lock: str) -> tuple[str, set[str]]:
    """Version and accepted SHA-256 sums of uv, from the text of its lock."""
    words = lock.replace("\\", " ").split()
    return words[0].removeprefix("uv=="), {word.removeprefix("--hash=sha256:") for word in words[1:]}


def fits(filename: str, version: str, system: str, machine: str) -> bool:
    """Whether this file is the wheel of that version of uv for that machine."""
    start = f"uv-{version}-py3-none-{PLATFORM_TAGS.get(system, system)}"
    return filename.startswith(start) and filename.lower().endswith(f"_{machine.lower()}.whl")


def links(page: bytes, content_type: str, address: str) -> list[str]:
    """Absolute addresses of the files on one page of a simple index, in either of its two forms."""
    if content_type.endswith("+json"):
        found = [file["url"] for file in json.loads(page)["files"]]
    else:
        anchors = _Anchors()
        anchors.feed(page.decode("utf-8", errors="replace"))
        found = anchors.found
    return [urllib.parse.urldefrag(urllib.parse.urljoin(address, link)).url for link in found]


def request(address: str) -> urllib.request.Request:
    """A request for the address; a name and password in it travel in the header, as pip has it."""
    parts = urllib.parse.urlsplit(address)
    credentials, _, host = parts.netloc.rpartition("@")
    headers = {"Accept": SIMPLE_API}
    if credentials:
        secret = base64.b64encode(urllib.parse.unquote(credentials).encode()).decode()
        headers["Authorization"] = f"Basic {secret}"
    return urllib.request.Request(parts._replace(netloc=host).geturl(), headers=headers)


def pages(settings: Mapping[str, str]) -> list[str]:
    """Addresses that may list uv's files: what pip would read, in its order."""
    places = [
        place if "://" in place else Path(place).resolve().as_uri() for place in settings.get("find-links", "").split()
    ]
    if settings.get("no-index", "0").lower() in {"0", "false", "no"}:
        indexes = [settings.get("index-url", PUBLIC_INDEX), *settings.get("extra-index-url", "").split()]
        places += [index.rstrip("/") + "/uv/" for index in indexes]
    return places


def _files(address: str, timeout_s: float) -> list[str]:
    """Addresses of the files that a page or a folder lists; an absent or silent one lists none."""
    if address.startswith("file:"):
        folder = Path(urllib.request.url2pathname(urllib.parse.urlsplit(address).path))
        if not (folder / "index.html").is_file():
            return [file.as_uri() for file in folder.glob("*.whl")]
        address = (folder / "index.html").as_uri()
    try:
        with urllib.request.urlopen(request(address), timeout=timeout_s) as answer:
            return links(answer.read(), answer.headers.get_content_type(), address)
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return []
        raise


def _candidates(settings: Mapping[str, str], version: str, timeout_s: float) -> Iterator[str]:
    for page in pages(settings):
        for address in _files(page, timeout_s):
            filename = urllib.parse.unquote(address.rsplit("/", 1)[-1])
            if fits(filename, version, sys.platform, platform.machine()):
                yield address


def _by_hand(lock: Path, settings: Mapping[str, str]) -> bytes:
    """The wheel, straight from the index: on a system without pip."""
    version, sums = pinned(lock.read_text(encoding="utf-8"))
    timeout_s = float(settings.get("timeout", "60"))
    try:
        for address in _candidates(settings, version, timeout_s):
            with urllib.request.urlopen(request(address), timeout=timeout_s) as answer:
                wheel: bytes = answer.read()
            if hashlib.sha256(wheel).hexdigest() in sums:
                return wheel
    except OSError as error:
        raise SetUpError(
            f"The package index did not answer ({error}). Check the network and pip's settings, then start again."
        ) from error
    raise SetUpError(f"The configured package index has no uv {version} for this machine ({platform.machine()}).")


def _by_pip(lock: Path) -> bytes:
    """The wheel, by pip: it knows the settings best where it exists."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--only-binary=:all:",
        "--require-hashes",
    ]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([*command, "-r", str(lock), "-d", folder], stderr=subprocess.PIPE, text=True, check=False)
        wheels = list(Path(folder).glob("uv-*.whl"))
        if done.returncode or not wheels:
            raise SetUpError(f"{done.stderr.strip()}\npip could not download uv; see above.")
        return wheels[0].read_bytes()


def fetch_uv(lock: Path, settings: Mapping[str, str], program: Path) -> None:
    """Puts the pinned uv at `program`.

    Raises:
        SetUpError: no configured index answers, or none has it.
    """
    wheel = _by_pip(lock) if importlib.util.find_spec("pip") else _by_hand(lock, settings)
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        inside = next(name for name in archive.namelist() if name.endswith(f"/scripts/{program.name}"))
        program.write_bytes(archive.read(inside))
    program.chmod(0o755)
