"""check, compose, schema, discover: layout files."""

from __future__ import annotations

import argparse
from pathlib import Path

from twin.plant.shipped import layout_path
from twin.verbs.arguments import Verbs


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the verbs."""
    check = verbs.add_parser("check", help="list everything that is wrong in a layout or scenario file")
    check.add_argument("layout", type=layout_path, metavar="FILE")
    check.set_defaults(run=_check)
    compose = verbs.add_parser("compose", help="write the layout that a plant's description makes")
    compose.add_argument("description", type=Path, metavar="FILE.toml")
    compose.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.json")
    compose.set_defaults(run=_compose)
    schema = verbs.add_parser("schema", help="print the JSON Schema of layout or scenario files")
    schema.add_argument("of", choices=("layout", "scenario"), nargs="?", default="layout")
    schema.set_defaults(run=_schema)
    discover = verbs.add_parser("discover", help="write a first layout from what an OPC UA server has")
    discover.add_argument("url")
    discover.add_argument("-o", "--output", type=Path, required=True)
    discover.set_defaults(run=_discover)


def _check(options: argparse.Namespace) -> None:
    from twin.plant.check import check_file

    print(check_file(options.layout))


def _schema(options: argparse.Namespace) -> None:
    from twin.plant.layout_file import layout_schema
    from twin.plant.scenario_file import scenario_schema

    print(scenario_schema() if options.of == "scenario" else layout_schema(), end="")


def _compose(options: argparse.Namespace) -> None:
    from twin.plant.compose import compose, layout_text
    from twin.plant.layout_file import parse_layout

    text = layout_text(compose(options.description)) + "\n"
    layout = parse_layout(text, str(options.output))
    options.output.write_text(text, encoding="utf-8")
    print(f"Wrote {options.output}: {len(layout.lines)} lines, {len(layout.stations)} stations.")


def _discover(options: argparse.Namespace) -> None:

    from twin.gateway.discover import discover_layout

    text = discover_layout(options.url)
    options.output.write_text(text, encoding="utf-8")
    print(f"Wrote {options.output}. Look it over, then: twin open {options.url} --layout {options.output}")
