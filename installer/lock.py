"""Writes the hash-locked lists anew from pyproject.toml; a maintainer runs it, the set-up only reads what it wrote.

The lists carry hashes and no addresses: where to fetch from is the business of whoever installs.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parents[1])

from installer import ROOT  # noqa: E402 - only now can it be found
from installer.environment import RUN_LOCK, TEST_LOCK, UV_LOCK, program  # noqa: E402

EXPORT = ["export", "--frozen", "--format=requirements.txt", "--no-emit-project", "--no-annotate", "--no-header"]
OTHER_INDEXES = ("UV_INDEX", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS", "UV_NO_INDEX")
STABLE_ABI = {f"cp3{minor}" for minor in range(2, 12)}


def uv(*arguments: str, folder: Path) -> str:
    """What uv printed, run in `folder` with the public index only."""
    environ = {name: value for name, value in os.environ.items() if name not in OTHER_INDEXES}
    done = subprocess.run(
        [str(program("uv")), "--quiet", *arguments],
        cwd=folder,
        env=environ,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def requirements(exported: str) -> list[str]:
    """One entry per package, its hash lines with it."""
    entries: list[str] = []
    for line in exported.splitlines(keepends=True):
        if line.startswith(" "):
            entries[-1] += line
        else:
            entries.append(line)
    return entries


def megabytes(lock: dict[str, Any], names: set[str]) -> int:
    """Download size of the named packages for CPython 3.11 on 64-bit Linux, from the sizes in uv's own lock."""
    total = 0
    for package in lock["package"]:
        wheels = [wheel for wheel in package.get("wheels", []) if _fits(wheel["url"])]
        if package["name"] in names and wheels:
            total += max(int(wheel.get("size", 0)) for wheel in wheels)
    return round(total / 1e6)


def _fits(url: str) -> bool:
    python, abi, platform = url.rsplit("/", 1)[-1].removesuffix(".whl").split("-")[-3:]
    runs = python in {"py3", "py2.py3", "cp311"} or (abi == "abi3" and python in STABLE_ABI)
    return runs and (platform == "any" or ("manylinux" in platform and "x86_64" in platform))


def write(path: Path, entries: list[str], lock: dict[str, Any]) -> None:
    """The list, under a line that tells the set-up what to announce."""
    names = {entry.split("==")[0] for entry in entries}
    head = f"# {len(entries)} packages, about {megabytes(lock, names)} MB; written by installer/lock.py\n"
    path.write_text(head + "".join(entries), encoding="utf-8")
    print(path.name, head.strip("# \n"))


def main() -> None:
    """Resolves once, then splits the result into what running needs and what testing adds."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shutil.copy(ROOT / "pyproject.toml", folder)
        uv("lock", "--upgrade", folder=folder)
        lock = tomllib.loads((folder / "uv.lock").read_text(encoding="utf-8"))
        run = requirements(uv(*EXPORT, "--no-dev", folder=folder))
        everything = requirements(uv(*EXPORT, "--group=test", folder=folder))
        write(RUN_LOCK, run, lock)
        write(TEST_LOCK, [entry for entry in everything if entry not in run], lock)
        version = uv("--version", folder=folder).split()[1]
        (folder / "uv.in").write_text(f"uv=={version}\n", encoding="utf-8")
        pinned = uv("pip", "compile", "--generate-hashes", "--no-header", "--no-annotate", "uv.in", folder=folder)
        UV_LOCK.write_text(pinned, encoding="utf-8")


if __name__ == "__main__":
    main()
