"""simulate: a plant in memory, faster than time: figures, comparisons, records, recordings, saved states."""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from twin.errors import SimulationError
from twin.plant.shipped import layout_path
from twin.verbs.arguments import Verbs, chosen_layout, instant, positive, utc_ns

if TYPE_CHECKING:
    from twin.plant.layout import Layout
    from twin.sim.as_built import RecordWriter
    from twin.sim.past.recovery import Recovered
    from twin.sim.plan import Plan
    from twin.sim.recorded import PlantRecorder
    from twin.sim.state import PlantState
    from twin.sim.summary import Summary

_EXAMPLES = 5  # of tags that a recording does not know
_MONDAY = datetime(2026, 1, 5, 8)  # noqa: DTZ001 - plant-local, whatever the plant's zone


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the verb."""
    simulate = verbs.add_parser("simulate", help="run a layout in memory, faster than time, and print its figures")
    simulate.add_argument("--layout", type=layout_path, help="name or file (default: the outdoor-unit final line)")
    simulate.add_argument("--units", type=int, default=100_000, help="product units to make after the warm-up")
    simulate.add_argument("--hours", type=positive, metavar="H", help="hours of plant time instead of units")
    simulate.add_argument("--warm-up", type=float, default=2.0, metavar="H", help="hours before those (default: 2)")
    simulate.add_argument("--start", type=instant, default=_MONDAY, metavar="TIME", help="plant-local start")
    simulate.add_argument("--seed", type=int, default=1)
    simulate.add_argument("--undisturbed", action="store_true", help="without stops, rejects and breaks")
    simulate.add_argument("--json", action="store_true")
    _add_files(simulate)
    simulate.add_argument("--compare", action="store_true", help="make-to-stock against C2M, on the same demand")
    simulate.add_argument("--policies", metavar="A,B", help="with --compare: these policies instead, or `all`")
    simulate.add_argument("--scenario", type=Path, metavar="FILE", help="play a scenario with nobody at the controls")
    simulate.set_defaults(run=_simulate)


def _add_files(simulate: argparse.ArgumentParser) -> None:
    simulate.add_argument("--to", type=Path, metavar="FOLDER", help="with --hours: record everything there")
    simulate.add_argument("--from", dest="origin", metavar="RECORDING", help="go on from what a recording knows")
    simulate.add_argument("--at", type=instant, metavar="TIME", help="with --from: when (default: its end)")
    simulate.add_argument(
        "--speed", type=positive, metavar="X", help="with --from: how fast it ran (default: found out)"
    )
    simulate.add_argument("--state", type=Path, metavar="FILE", help="go on from a saved state")
    simulate.add_argument("--save", type=Path, metavar="FILE", help="with --hours: save the state at the end")
    simulate.add_argument("--records", type=Path, metavar="FILE", help="as-built and order records of --hours")


def _simulate(options: argparse.Namespace) -> None:
    if options.scenario is not None:
        _play(options)
        return
    layout = _layout(options)
    if options.compare:
        _compare(layout, options)
    else:
        _summarise(layout, options)


def _play(options: argparse.Namespace) -> None:
    from twin.sim.training.play import play_file

    print(play_file(options.scenario, as_json=options.json))


def _layout(options: argparse.Namespace) -> Layout:
    from twin.plant.undisturbed import undisturbed

    if options.origin is not None and options.layout is None:
        return _recorded_layout(options.origin)
    layout = chosen_layout(options.layout)
    return undisturbed(layout) if options.undisturbed else layout


def _recorded_layout(address: str) -> Layout:
    from twin.history.addresses import open_recording
    from twin.plant.layout_file import parse_layout

    recording = open_recording(address)
    try:
        if recording.layout is None:
            raise SimulationError(f"{address} carries no layout: name the one of its plant with --layout.")
        return parse_layout(recording.layout, address)
    finally:
        recording.close()


def _summarise(layout: Layout, options: argparse.Namespace) -> None:
    from twin.sim.statistics import simulate

    hours = options.hours or (24.0 if options.records else None)
    if hours is None:
        summary = simulate(layout, units=options.units, seed=options.seed)
    else:
        summary = _live(layout, options, hours)
    print(json.dumps(summary.as_json(), indent=1) if options.json else summary.as_text())


def _live(layout: Layout, options: argparse.Namespace, hours: float) -> Summary:
    """A stretch of a plant's life, with everything written that is asked for."""
    from twin.sim.as_built import RecordWriter
    from twin.sim.plan import plan_plant
    from twin.sim.saved import save_state
    from twin.sim.statistics import simulate_stretch

    plan = plan_plant(layout)
    state = _begin(layout, plan, options)
    records = RecordWriter(plan, state, options.records) if options.records else None
    recorder = _recorder(layout, plan, state, options.to, records) if options.to else records
    summary = simulate_stretch(layout, plan, state, hours, recorder)
    if options.save:
        options.save.write_text(save_state(layout, state), encoding="utf-8")
    if records is not None and not options.json:
        left, under_way = f"{records.units} units and {records.orders} orders", f"{records.under_way} units so far"
        print(f"Wrote the records of {left}, and of {under_way}, to {options.records}.")
    return summary


def _begin(layout: Layout, plan: Plan, options: argparse.Namespace) -> PlantState:
    """The state that the stretch begins with: a saved one, a recorded one, or a new plant that has warmed up."""
    from twin.sim.saved import restore_state
    from twin.sim.statistics import warm_plant

    if options.state is not None:
        return restore_state(layout, options.state.read_text(encoding="utf-8"))
    if options.origin is not None:
        return _recovered(layout, plan, options)
    return warm_plant(plan, options.seed, options.warm_up, utc_ns(options.start, layout.timezone))


def _recovered(layout: Layout, plan: Plan, options: argparse.Namespace) -> PlantState:
    from twin.history.addresses import open_recording
    from twin.sim.past.recovery import state_from_recording

    recording = open_recording(options.origin)
    recording.refresh()
    try:
        at_ns = utc_ns(options.at, layout.timezone) if options.at else recording.span().end_ns
        recovered = state_from_recording(plan, recording, at_ns, seed=options.seed, speed=options.speed)
    finally:
        recording.close()
    if not options.json:
        _say_what_is_known(recovered)
    return recovered.state


def _say_what_is_known(recovered: Recovered) -> None:
    print(f"Taken from a plant that ran at {recovered.speed:g} times real time.")
    print("Units whose way into their line is not recorded count from their newest move: until they have left,")
    print("lead times are too short and Little's law does not hold.")
    if recovered.unknown:
        count, some = len(recovered.unknown), ", ".join(recovered.unknown[:_EXAMPLES])
        more = " and others" if count > _EXAMPLES else ""
        print(f"The recording does not know {count} tags at that instant: {some}{more}; chance stands in for them.")


def _recorder(
    layout: Layout, plan: Plan, state: PlantState, folder: Path, records: RecordWriter | None
) -> PlantRecorder:
    from twin.history.addresses import create_recorder
    from twin.history.recording import Origin
    from twin.sim.recorded import PlantRecorder

    text = layout.model_dump_json(by_alias=True, exclude_defaults=True)
    recorder = PlantRecorder(layout, plan, state, create_recorder(folder, Origin.SIMULATION, text), records=records)
    recorder.write_levels()
    return recorder


def _compare(layout: Layout, options: argparse.Namespace) -> None:
    from twin.sim.comparison import compare, policies_of

    compared = compare(layout, options.hours or 24.0, options.seed, policies_of(options.policies))
    print(json.dumps(compared.as_json(), indent=1) if options.json else compared.as_text())
