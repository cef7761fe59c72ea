"""Where packages come from: pip's own settings, read as pip reads them and handed on to uv. Nothing is fetched here.

No address is written down but the public index, which is what pip takes too when nobody says otherwise.
"""

import configparser
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

PUBLIC_INDEX = "https://pypi.org/simple"

# What pip calls it, what uv calls it, and how uv separates several.
TRANSLATED = (
    ("index-url", "UV_DEFAULT_INDEX", " "),
    ("extra-index-url", "UV_INDEX", " "),
    ("find-links", "UV_FIND_LINKS", ","),
    ("no-index", "UV_NO_INDEX", " "),
    ("trusted-host", "UV_INSECURE_HOST", " "),
    ("cert", "SSL_CERT_FILE", " "),
    ("client-cert", "SSL_CLIENT_CERT", " "),
    ("proxy", "HTTPS_PROXY", " "),
    ("timeout", "UV_HTTP_TIMEOUT", " "),
)


def config_files(environ: Mapping[str, str]) -> list[Path]:
    """Pip's configuration files, the weakest first."""
    chosen = environ.get("PIP_CONFIG_FILE")
    if chosen == os.devnull:
        return []
    home = Path.home()
    shared = environ.get("XDG_CONFIG_DIRS", "/etc/xdg").split(os.pathsep)
    files = [Path(folder) / "pip/pip.conf" for folder in reversed(shared)]
    files += [Path("/etc/pip.conf"), home / ".pip/pip.conf"]
    files += [Path(environ.get("XDG_CONFIG_HOME", home / ".config")) / "pip/pip.conf", Path(sys.prefix) / "pip.conf"]
    return files + ([Path(chosen)] if chosen else [])


def pip_settings(environ: Mapping[str, str], files: Iterable[Path]) -> dict[str, str]:
    """What pip is told, by its files and then by its environment, under pip's own option names."""
    settings: dict[str, str] = {}
    for file in files:
        parser = configparser.RawConfigParser()
        parser.read(file, encoding="utf-8")
        for section in ("global", "download", "install"):
            if parser.has_section(section):
                settings |= {_option(name): value for name, value in parser.items(section)}
    return settings | {_option(name[4:]): value for name, value in environ.items() if name.startswith("PIP_") and value}


def _option(name: str) -> str:
    return name.lower().replace("_", "-").removeprefix("default-")


def uv_environment(settings: Mapping[str, str], environ: Mapping[str, str]) -> dict[str, str]:
    """`environ` with what makes uv fetch from where pip would; what the user told uv itself stays.

    With several indexes uv stops at the first that knows a name; the hashes are pinned, so any of them may serve.
    """
    handed_on = {theirs: joint.join(settings[ours].split()) for ours, theirs, joint in TRANSLATED if ours in settings}
    if "UV_INDEX" in handed_on:
        handed_on["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return {"UV_PYTHON_DOWNLOADS": "never"} | handed_on | dict(environ)
