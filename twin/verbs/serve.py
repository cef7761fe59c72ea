"""serve: the simulated plant as an OPC UA server."""

from __future__ import annotations

import argparse
from pathlib import Path

from twin.verbs.arguments import Verbs, add_simulation_options, chosen_layout, positive, seconds


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the verb."""
    serve = verbs.add_parser("serve", help="the simulated plant as an OPC UA server on this machine")
    add_simulation_options(serve)
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
    serve.add_argument("--scenario", type=Path, metavar="FILE", help="train on a scenario, with its own layout")
    serve.add_argument("--state", type=Path, metavar="FILE", help="begin where a trainer saved the plant")
    serve.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> None:
    from twin.factory.load import Load
    from twin.factory.run import run_factory
    from twin.plant.scenario_file import read_scenario

    run_factory(
        chosen_layout(options.layout) if options.scenario is None else read_scenario(options.scenario)[1],
        port=options.port,
        seed=options.seed,
        speed=options.speed,
        truth=options.truth,
        until_s=options.for_s * options.speed if options.for_s is not None else None,
        nodesets=options.nodeset,
        load=Load(options.tags, options.rate) if options.tags is not None else None,
        scenario=options.scenario,
        saved=options.state,
    )
