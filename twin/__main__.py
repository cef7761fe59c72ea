"""The command line: one verb, one function. It only composes; whatever can be said in one place is said elsewhere.

Each verb imports what it needs when it runs, so that `twin check` does not wait for VTK nor the window for asyncua.
Exit codes: 0 done, 1 could not be done, 2 wrong usage, 3 this machine lacks something, 4 the layout does not hold.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from twin.errors import LayoutError, SetupError, TwinError
from twin.plant.shipped import layout_path

if TYPE_CHECKING:
    from twin.desktop.application import Options
    from twin.plant.layout import Layout

_VERBS = ("desk", "open", "serve", "record", "simulate", "check", "schema", "compose", "info", "export", "discover")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "": 1.0}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser().parse_args(given if set(given) & {*_VERBS, "-h", "--help"} else ["desk", *given])
    try:
        return int(options.run(options) or 0)
    except LayoutError as error:
        print(error, file=sys.stderr)
        return 4
    except SetupError as error:
        print(error, file=sys.stderr)
        return 3
    except TwinError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output has gone: `twin export … | head`
        sys.stderr.close()
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="twin", description="A digital twin of a smart home-appliance factory.")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    _add_window_verbs(verbs)
    _add_plant_verbs(verbs)
    _add_recording_verbs(verbs)
    return parser


def _add_window_verbs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    window = argparse.ArgumentParser(add_help=False)
    window.add_argument("--lang", choices=("en", "zh_CN"), help="language of the window (default: this machine's)")
    window.add_argument("--theme", choices=("light", "dark"), default="dark")
    window.add_argument("--for", dest="for_s", type=seconds, metavar="30s", help="close by itself after this time")
    window.add_argument("--picture", type=Path, metavar="FILE", help="keep a current picture of the window in FILE")
    desk = verbs.add_parser("desk", parents=[window], help="the window on its embedded plant (the default)")
    _add_simulation_options(desk)
    desk.set_defaults(run=_desk)
    opened = verbs.add_parser("open", parents=[window], help="the window on a recording or an OPC UA server")
    opened.add_argument("what", metavar="FOLDER|opc.tcp://…")
    opened.add_argument("--layout", type=layout_path)
    opened.set_defaults(run=_open)


def _add_simulation_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--layout", type=layout_path, help="name or file (default: the outdoor-unit final line)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--speed", type=positive, default=1.0, metavar="X", help="plant seconds per second")


def _add_plant_verbs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    serve = verbs.add_parser("serve", help="the simulated plant as an OPC UA server on this machine")
    _add_simulation_options(serve)
    serve.add_argument("--port", type=int, default=4840, help="0 takes a free one")
    serve.add_argument("--truth", type=Path, metavar="FILE", help="write what really happens, one JSON line a change")
    serve.add_argument("--tags", type=int, metavar="N", help="add N synthetic variables below Objects/Load")
    serve.add_argument(
        "--rate", type=positive, default=1000.0, metavar="HZ", help="value changes a second of all of them together"
    )
    serve.add_argument("--for", dest="for_s", type=seconds, metavar="30s")
    serve.add_argument(
        "--nodeset",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a full NodeSet2 file to take types from (repeatable)",
    )
    serve.set_defaults(run=_serve)
    simulate = verbs.add_parser("simulate", help="run a layout in memory, faster than time, and print its figures")
    simulate.add_argument("--layout", type=layout_path)
    simulate.add_argument("--units", type=int, default=100_000, help="product units to make after the warm-up")
    simulate.add_argument("--hours", type=positive, metavar="H", help="hours of plant time instead of units")
    simulate.add_argument("--seed", type=int, default=1)
    simulate.add_argument("--json", action="store_true")
    simulate.add_argument("--compare", action="store_true", help="make-to-stock against C2M, on the same demand")
    simulate.add_argument("--policies", metavar="A,B", help="with --compare: these policies instead, or `all`")
    simulate.add_argument("--records", type=Path, metavar="FILE", help="with --hours: as-built and order records")
    simulate.set_defaults(run=_simulate)
    check = verbs.add_parser("check", help="list everything that is wrong in a layout file")
    check.add_argument("layout", type=layout_path)
    check.set_defaults(run=_check)
    compose = verbs.add_parser("compose", help="write the layout that a plant's description makes")
    compose.add_argument("description", type=Path, metavar="FILE.toml")
    compose.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.json")
    compose.set_defaults(run=_compose)
    schema = verbs.add_parser("schema", help="print the JSON Schema of layout files")
    schema.set_defaults(run=_schema)
    discover = verbs.add_parser("discover", help="write a first layout from what an OPC UA server has")
    discover.add_argument("url")
    discover.add_argument("-o", "--output", type=Path, required=True)
    discover.set_defaults(run=_discover)


def _add_recording_verbs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    record = verbs.add_parser("record", help="record an OPC UA server, without a window")
    record.add_argument("url")
    record.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    record.add_argument(
        "--layout", type=layout_path, help="name or file (default: the shipped one that fits the server)"
    )
    record.add_argument("--for", dest="for_s", type=seconds, metavar="60s")
    record.set_defaults(run=_record)
    info = verbs.add_parser("info", help="what a recording holds")
    info.add_argument("recording")
    info.add_argument("--json", action="store_true")
    info.set_defaults(run=_info)
    export = verbs.add_parser("export", help="write a recording's contents for other programs")
    export.add_argument("recording")
    export.add_argument("--what", choices=("samples", "events", "gaps"), default="samples")
    export.add_argument("--format", choices=("csv",), default="csv")
    export.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    export.set_defaults(run=_export)


def seconds(text: str) -> float:
    """A duration such as `30s`, `10m`, `1.5h` or `250ms`, in seconds."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(ms|s|m|min|h|)", text.strip())
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} is not a duration; write 30s, 10m or 1h")
    return float(match[1]) * _SECONDS[match[2]]


def positive(text: str) -> float:
    """A number above zero."""
    number = float(text)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not above zero")
    return number


def _layout(path: Path | None) -> Layout:
    from twin.plant.layout_file import read_layout
    from twin.plant.shipped import OUTDOOR_LINE

    return read_layout(path or OUTDOOR_LINE)


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


def _serve(options: argparse.Namespace) -> None:
    from twin.factory.load import Load
    from twin.factory.run import run_factory

    run_factory(
        _layout(options.layout),
        port=options.port,
        seed=options.seed,
        speed=options.speed,
        truth=options.truth,
        until_s=options.for_s * options.speed if options.for_s is not None else None,
        nodesets=options.nodeset,
        load=Load(options.tags, options.rate) if options.tags is not None else None,
    )


def _record(options: argparse.Namespace) -> None:
    from twin.gateway.run import run_gateway

    run_gateway(options.url, options.to, options.layout, for_s=options.for_s)


def _simulate(options: argparse.Namespace) -> None:
    from twin.sim.statistics import simulate, simulate_hours

    layout = _layout(options.layout)
    if options.compare:
        _compare(layout, options)
        return
    if options.records is not None:
        _write_records(layout, options)
        return
    if options.hours is not None:
        summary = simulate_hours(layout, options.hours, options.seed)
    else:
        summary = simulate(layout, units=options.units, seed=options.seed)
    print(json.dumps(summary.as_json(), indent=1) if options.json else summary.as_text())


def _compare(layout: Layout, options: argparse.Namespace) -> None:
    from twin.sim.comparison import compare, policies_of

    compared = compare(layout, options.hours or 24.0, options.seed, policies_of(options.policies))
    print(json.dumps(compared.as_json(), indent=1) if options.json else compared.as_text())


def _write_records(layout: Layout, options: argparse.Namespace) -> None:
    from twin.sim.as_built import write_records

    with options.records.open("w", encoding="utf-8") as out:
        units, orders = write_records(layout, options.hours or 24.0, options.seed, out)
    print(f"Wrote the records of {units} units and {orders} orders to {options.records}.")


def _check(options: argparse.Namespace) -> None:
    layout = _layout(options.layout)
    tags = sum(len(owner.tags) for owner in layout.owners)
    print(f"{options.layout}: holds. {len(layout.lines)} lines, {len(layout.stations)} stations, {tags} tags.")


def _schema(_: argparse.Namespace) -> None:
    from twin.plant.layout_file import layout_schema

    print(layout_schema(), end="")


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


def _info(options: argparse.Namespace) -> None:
    from twin.history.addresses import open_recording
    from twin.history.export import describe, describe_as_text

    recording = open_recording(options.recording)
    recording.refresh()
    try:
        described = describe(recording)
    finally:
        recording.close()
    print(json.dumps(described, indent=1, ensure_ascii=False) if options.json else describe_as_text(described))


def _export(options: argparse.Namespace) -> None:
    from twin.history.addresses import open_recording
    from twin.history.export import EXPORTS

    recording = open_recording(options.recording)
    recording.refresh()
    try:
        with options.output.open("w", encoding="utf-8", newline="") as out:
            rows = EXPORTS[options.what](recording, out)
    finally:
        recording.close()
    print(f"Wrote {rows} {options.what} to {options.output}.")


if __name__ == "__main__":
    sys.exit(main())
