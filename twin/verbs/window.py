"""desk, open: the window."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from twin.plant.shipped import layout_path
from twin.verbs.arguments import Verbs, add_simulation_options, seconds

if TYPE_CHECKING:
    from twin.desktop.application import Options


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the verbs."""
    window = argparse.ArgumentParser(add_help=False)
    window.add_argument("--lang", choices=("en", "zh_CN"), help="language of the window (default: this machine's)")
    window.add_argument("--theme", choices=("light", "dark"), default="dark")
    window.add_argument("--for", dest="for_s", type=seconds, metavar="30s", help="close by itself after this time")
    window.add_argument("--picture", type=Path, metavar="FILE", help="keep a current picture of the window in FILE")
    desk = verbs.add_parser("desk", parents=[window], help="the window on its embedded plant (the default)")
    add_simulation_options(desk)
    desk.set_defaults(run=_desk)
    opened = verbs.add_parser("open", parents=[window], help="the window on a recording or an OPC UA server")
    opened.add_argument("what", metavar="FOLDER|opc.tcp://…")
    opened.add_argument("--layout", type=layout_path)
    opened.set_defaults(run=_open)


def _desk(options: argparse.Namespace) -> int:
    from twin.desktop.application import run
    from twin.desktop.sources import embedded_source

    return run(embedded_source(options.layout, seed=options.seed, speed=options.speed), _window_options(options))


def _open(options: argparse.Namespace) -> int:
    from twin.desktop.application import run
    from twin.desktop.sources import address_source

    return run(address_source(options.what, options.layout), _window_options(options))


def _window_options(options: argparse.Namespace) -> Options:
    from twin.desktop.application import Options

    return Options(options.lang, options.theme, options.for_s, options.picture)
