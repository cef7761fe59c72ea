"""record, info, export: recordings."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from twin.plant.shipped import layout_path
from twin.verbs.arguments import Verbs, seconds


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the verbs."""
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


def _record(options: argparse.Namespace) -> None:
    from twin.gateway.run import run_gateway

    run_gateway(options.url, options.to, options.layout, for_s=options.for_s)


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
