"""System libraries: which are missing, and which Debian package brings each.

VTK without EGL and X libraries does not raise, it dies in its first render; so they are loaded here, before anything
is drawn.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from installer import SetUpError

DRAWING = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
}
X11_WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libXcursor.so.1": "libxcursor1",
}
CERTIFICATES = "ca-certificates"
CHINESE_FONT = "fonts-droid-fallback"
CHINESE_FONT_NAMES = (
    "droidsansfallback",
    "cjk",
    "sourcehan",
    "wqy",
    "uming",
    "ukai",
    "notosanssc",
    "lxgw",
    "harmonyos",
)


def loads(soname: str) -> bool:
    """Whether the dynamic loader finds the library and everything it needs itself."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def missing_packages(*, x11_window: bool, xvfb: bool = False, loads: Callable[[str], bool] = loads) -> list[str]:
    """Debian packages of the libraries that cannot be loaded, in the order of the tables; empty away from Linux."""
    if sys.platform != "linux":
        return []
    wanted = DRAWING | (X11_WINDOW if x11_window else {})
    packages = [package for soname, package in wanted.items() if not loads(soname)]
    return packages + (["xvfb"] if xvfb and not shutil.which("Xvfb") else [])


def has_chinese_font(folders: Iterable[Path] | None = None) -> bool:
    """Whether a font file known to hold Chinese lies in one of the font folders."""
    if sys.platform != "linux":
        return True
    home = Path.home()
    usual = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".fonts", home / ".local/share/fonts")
    return any(
        any(known in name.lower().replace("-", "") for known in CHINESE_FONT_NAMES)
        for folder in (usual if folders is None else folders)
        for _, _, names in os.walk(folder)
        for name in names
    )


def has_certificates() -> bool:
    """Whether a secure package index can be trusted from here; a bare Debian has no certificates."""
    import ssl

    if sys.platform != "linux" or os.environ.get("PIP_CERT"):
        return True
    paths = ssl.get_default_verify_paths()
    return bool(paths.cafile) or (bool(paths.capath) and any(Path(paths.capath).iterdir()))


def may_install() -> bool:
    """Whether this user may install system packages, and this system is one we know."""
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def provide(packages: Sequence[str]) -> None:
    """Installs the packages as root on Debian; for anybody else the error holds the exact line to type.

    Raises:
        SetUpError: somebody has to install them by hand.
    """
    if not packages:
        return
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        raise SetUpError(f"System libraries are missing. Install what your system calls these Debian packages: {names}")
    line = f"apt-get install -y --no-install-recommends {names}"
    if not may_install():
        raise SetUpError(f"System libraries are missing. Type this line, then start again:\n  sudo {line}")
    print(f"Installing system packages: {names}", flush=True)
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get update", line):
        done = subprocess.run(command.split(), env=environ, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SetUpError(
            f"{done.stderr.strip()}\nThe system packages could not be installed; see above. The line was:\n  {line}"
        )
