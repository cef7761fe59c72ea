"""The environment of the checkout: `.venv`, made from hash-locked lists, and the stamp that says it is still right."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from installer import ROOT, SetUpError

FOLDER = ROOT / ".venv"
STAMP = FOLDER / "factory-twin.stamp"
RUN_LOCK = ROOT / "installer" / "requirements.lock"
TEST_LOCK = ROOT / "installer" / "requirements-test.lock"
UV_LOCK = ROOT / "installer" / "requirements-uv.lock"
_BIN, _EXE = ("Scripts", ".exe") if sys.platform == "win32" else ("bin", "")


def program(name: str) -> Path:
    """Where a program of the environment lies."""
    return FOLDER / _BIN / (name + _EXE)


def identity() -> str:
    """What an environment is made for: this Python and this place. With either changed it is made anew."""
    return f"Python {sys.version_info.major}.{sys.version_info.minor} in {ROOT}\n"


def stamp(locks: Sequence[Path]) -> str:
    """What the stamp of an environment with these lists says. It holds the lists: nothing is gained by hashing them."""
    return identity() + "".join(f"{lock.name}\n{lock.read_text(encoding='utf-8')}" for lock in locks)


def installed() -> str:
    """The stamp of the environment as it is, empty when there is none."""
    try:
        return STAMP.read_text(encoding="utf-8")
    except OSError:
        return ""


def is_ready(locks: Sequence[Path]) -> bool:
    """Whether the environment holds these lists already, perhaps with the test tools on top."""
    return installed() in {stamp(locks), stamp([RUN_LOCK, TEST_LOCK])}


def announcement(locks: Sequence[Path]) -> str:
    """What will be downloaded, from the first lines of the lists that are not installed yet."""
    texts = [lock.read_text(encoding="utf-8") for lock in locks]
    heads = [text.split(";", 1)[0].strip("# ") for text in texts if text not in installed()]
    return f"Setting up {FOLDER.name} (once): {' and '.join(heads)} to download, and uv, 25 MB, which installs them."


def make(locks: Sequence[Path]) -> None:
    """Creates or completes the environment.

    Raises:
        SetUpError: a download or the installation failed.
    """
    from installer.fetch_uv import fetch_uv
    from installer.pip_settings import config_files, pip_settings, uv_environment

    if f"{TEST_LOCK.name}\n" in installed():
        locks = [RUN_LOCK, TEST_LOCK]
    print(announcement(locks), flush=True)
    settings = pip_settings(os.environ, config_files(os.environ))
    os.environ.update(uv_environment(settings, os.environ))
    _create()
    fetch_uv(UV_LOCK, settings, program("uv"))
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    sync = [
        str(program("uv")),
        *quiet,
        "pip",
        "sync",
        "--require-hashes",
        "--no-build",
        "--compile-bytecode",  # else the first start compiles for seconds, and every start where Python may not write
        f"--python={program('python')}",
    ]
    if subprocess.run([*sync, *map(str, locks)], check=False).returncode:
        raise SetUpError(
            "The packages could not be installed; see above. What was downloaded is kept: start again to go on."
        )
    _link_checkout()
    STAMP.write_text(stamp(locks), encoding="utf-8")
    print("Set-up done.", flush=True)


def _create() -> None:
    """An empty environment, without pip: Debian's Python cannot put one in."""
    import venv

    if Path(sys.prefix) == FOLDER:
        raise SetUpError(
            "This Python belongs to the environment that has to be made anew. Start with the system's python3."
        )
    fresh = installed().startswith(identity()) and program("python").exists()
    STAMP.unlink(missing_ok=True)
    venv.create(FOLDER, clear=not fresh, symlinks=os.name != "nt", with_pip=False)


def _link_checkout() -> None:
    """Makes `twin` importable from the environment, and a program in it, from the checkout itself."""
    packages = next(FOLDER.glob("lib/python*/site-packages"), FOLDER / "Lib" / "site-packages")
    (packages / "factory_twin.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    command = FOLDER / _BIN / "twin"
    command.write_text(
        f"#!{program('python')}\nimport sys\n\nfrom twin.__main__ import main\n\nsys.exit(main())\n", encoding="utf-8"
    )
    command.chmod(0o755)
