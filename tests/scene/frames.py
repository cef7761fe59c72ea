"""Frames made by hand, for the floor's tests and benchmarks: a busy instant of a layout, with a few things changed."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from twin.history.batch import empty_snapshot
from twin.history.recording import Catalog, Origin, Span
from twin.plant.layout import Conveyor, Layout, Line, carrier_ids
from twin.plant.layout_file import read_layout
from twin.plant.machines import BESIDE_KINDS
from twin.plant.packml import State
from twin.plant.shipped import SHIPPED
from twin.plant.stations import Station
from twin.plant.terms import Pose
from twin.scene.placing import conveyor_path
from twin.session.frame import Frame, Health, Mode, Movers, Stations, Timeline

AT_NS = 1_790_000_000_000_000_000
_EVERYWHERE = Span(AT_NS - 10**12, AT_NS)


def shipped_layout(name: str = "outdoor-line") -> Layout:
    """A line that ships with the product."""
    return read_layout(SHIPPED / f"{name}.json")


def movers(path: list[int], at_m: list[float]) -> Movers:
    """Things on their way along paths; those at NaN are not there."""
    count = len(at_m)
    return Movers(
        path=np.array(path, np.int32),
        at_m=np.array(at_m, float),
        present=np.isfinite(np.array(at_m, float)),
        moving=np.ones(count, bool),
        moved_s=np.full(count, 30.0),
        rest_s=np.zeros(count),
        station=np.full(count, -1, np.int32),
        place=np.zeros(count, np.int32),
        text=np.full(count, np.nan),
        stale=np.zeros(count, bool),
    )


def working(layout: Layout, phase: float = 0.5) -> Stations:
    """Every station executes."""
    count = len(layout.stations)
    unknown = np.full(count, np.nan)
    return Stations(
        state=np.full(count, State.EXECUTE, np.int32),
        stale=np.zeros(count, bool),
        since_ns=np.full(count, AT_NS, np.int64),
        serial=unknown,
        units=unknown,
        processed=unknown,
        defective=unknown,
        phase=np.full(count, phase),
    )


def crowd(layout: Layout, shift_m: float = 0.0) -> Movers:
    """Every place of every station taken, the other carriers spread over the conveyor, one every other metre."""
    rows: list[tuple[int, float, int, int]] = []
    for number, line in enumerate(layout.lines):
        own = [(number, s.at_m, k, p) for k, s in enumerate(line.stations) for p in range(s.places)]
        path = conveyor_path(line)
        pitch_m, length_m = (line.conveyor.pitch_m, path.length_m) if line.conveyor and path else (1.2, 0.0)
        held = [s.at_m - p * pitch_m for s in line.stations if s.kind not in BESIDE_KINDS for p in range(s.places)]
        spread = [at for at in np.arange(1.0, length_m, 1.6) if min(abs(at - h) for h in held) > 1.3]
        own += [(number, float(at) + shift_m, -1, 0) for at in spread]
        count = len(carrier_ids(line))
        rows += [*own, *[(number, float("nan"), -1, 0)] * count][:count]
    along, at_m, station, place = (list(column) for column in zip(*rows, strict=True)) if rows else ([], [], [], [])
    standing = movers(along, at_m)
    station_column = np.array(station, np.int32)
    return replace(
        standing,
        station=station_column,
        place=np.array(place, np.int32),
        rest_s=np.where(station_column >= 0, 30.0, 0.0),
        moving=station_column < 0,
    )


def frame(
    layout: Layout,
    *,
    states: Mapping[str, State] | None = None,
    stale: tuple[str, ...] = (),
    carriers: Movers | None = None,
    vehicles: Movers | None = None,
    phase: float = 0.5,
    selection: str | None = None,
) -> Frame:
    """An instant: every station executes but those named in `states`; stations in `stale` have stale data."""
    stations = working(layout, phase)
    ids = [station.id for station in layout.stations]
    for name, state in (states or {}).items():
        stations.state[ids.index(name)] = state
    for name in stale:
        stations.stale[ids.index(name)] = True
    catalog = Catalog()
    catalog.add_text("cartons")
    driving = movers([0] * len(layout.vehicles), [12.0 + 41.0 * k for k in range(len(layout.vehicles))])
    return Frame(
        playhead_ns=AT_NS,
        span=_EVERYWHERE,
        window=_EVERYWHERE,
        mode=Mode.LIVE,
        origin=Origin.SIMULATION,
        following=True,
        rate=1.0,
        jumped=False,
        layout=layout,
        catalog=catalog,
        state=empty_snapshot(AT_NS, 0),
        stale=np.zeros(0, bool),
        stale_since_ns=None,
        stations=stations,
        carriers=crowd(layout) if carriers is None else carriers,
        vehicles=replace(driving, text=np.where(np.arange(len(layout.vehicles)) % 2, np.nan, 0.0))
        if vehicles is None
        else vehicles,
        timeline=Timeline(_EVERYWHERE, (), ()),
        trends=(),
        events=(),
        gaps=(),
        selection=selection,
        health=Health(None, 0, None),
    )


def copies(layout: Layout, count: int, apart_m: float = 42.0) -> Layout:
    """A plant of `count` lines like the layout's, one behind the other, with as many fleets on routes of their own."""
    lines = tuple(_shifted(line, k, k * apart_m) for k in range(count) for line in layout.lines)
    routes = tuple(
        r.model_copy(update={"id": f"{r.id}-{k}", "points": tuple((x, y + k * apart_m) for x, y in r.points)})
        for k in range(count)
        for r in layout.routes
    )
    fleets = tuple(
        f.model_copy(update={"id": f"{f.id}-{k}", "prefix": f"{f.prefix}-{k}", "route": f"{f.route}-{k}"})
        for k in range(count)
        for f in layout.fleets
    )
    areas = (layout.areas[0].model_copy(update={"lines": lines}),)
    return Layout.model_construct(**(dict(layout) | {"areas": areas, "routes": routes, "fleets": fleets}))


def _shifted(line: Line, number: int, by_m: float) -> Line:
    def moved(station: Station) -> Station:
        pose = Pose(x_m=station.pose.x_m, y_m=station.pose.y_m + by_m, heading_deg=station.pose.heading_deg)
        return station.model_copy(update={"id": f"{station.id}-{number}", "pose": pose})

    conveyor = line.conveyor and Conveyor(
        **(dict(line.conveyor) | {"path": tuple((x, y + by_m) for x, y in line.conveyor.path)})
    )
    stations = tuple(moved(station) for station in line.stations)
    return line.model_copy(update={"id": f"{line.id}-{number}", "stations": stations, "conveyor": conveyor})
