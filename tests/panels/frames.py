"""Frames made by hand: a small plant with a past, without a recording or a session behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from twin.history.batch import Snapshot
from twin.history.recording import Catalog, Event, Gap, Origin, Series, Span, TagInfo
from twin.plant import quality
from twin.plant.layout import Layout
from twin.plant.packml import State
from twin.session.frame import Frame, Health, Mode, Movers, Stations, Timeline, Trend

SECOND_NS = 1_000_000_000
START_NS = 1_795_327_200 * SECOND_NS  # 2026-11-22 06:00 UTC, 14:00 in Shanghai
NAMES = (
    ("Compressor mount", "压缩机安装"),
    ("Brazing", "钎焊"),
    ("Wiring and fan", "接线与风机"),
    ("Pressure hold", "保压检漏"),
    ("Evacuation carousel", "抽真空转盘"),
    ("Charging", "冷媒充注"),
    ("Sealing and sniffing", "封口与卤素检漏"),
    ("Electrical safety", "电气安全检测"),
    ("Run test", "商检运行测试"),
    ("Noise booth", "噪音检测房"),
    ("Vision final", "外观视觉终检"),
    ("Packing", "包装"),
    ("Palletising", "码垛"),
    ("Rack crane", "堆垛机入库"),
)
KERNEL = (
    ("State", "Int32"),
    ("Serial", "String"),
    ("Units", "Int32"),
    ("Starved", "Boolean"),
    ("Blocked", "Boolean"),
    ("Processed", "Int32"),
    ("Defective", "Int32"),
    ("CycleTime", "Double"),
)
PROCESS = (
    ("Vacuum", "Pa", None, 30.0, 21.4, ("Vacuum", "真空度")),
    ("HoldRise", "Pa", None, 10.0, 12.6, ("Rise while holding", "保压压升")),
    ("Torque", "N·m", 7.0, 9.0, 8.02, ("Feet torque", "底脚扭矩")),
)
RUN, WAIT, HELD, DOWN = int(State.EXECUTE), int(State.SUSPENDED), int(State.HELD), int(State.ABORTED)


def make_layout(stations: int = 14) -> Layout:
    """A plant of lines with 14 stations each (the last one takes the rest)."""
    lines = [_line(number, min(14, stations - 14 * number)) for number in range((stations + 13) // 14)]
    kernel = [{"id": name, "browse_path": name, "data_type": kind} for name, kind in KERNEL]
    kernel[-1]["unit"] = "s"
    return Layout.model_validate(
        {
            "format": 1,
            "id": "plant",
            "name": {"en": "Plant", "zh_CN": "工厂"},
            "timezone": "Asia/Shanghai",
            "namespaces": {"plant": "urn:plant"},
            "shifts": [
                {"id": "day", "name": {"en": "Day shift", "zh_CN": "白班"}, "start": "08:00", "end": "20:00"},
                {"id": "night", "name": {"en": "Night shift", "zh_CN": "夜班"}, "start": "20:00", "end": "08:00"},
            ],
            "tag_sets": {"station": kernel},
            "areas": [{"id": "final", "name": {"en": "Final", "zh_CN": "总装"}, "lines": lines}],
        }
    )


def _line(number: int, stations: int) -> dict[str, object]:
    tags = [
        {
            "id": tag,
            "browse_path": tag,
            "unit": unit,
            "low": low,
            "high": high,
            "name": {"en": name[0], "zh_CN": name[1]},
            "signal": {"kind": "level", "mean": mean, "deviation": 1.0},
        }
        for tag, unit, low, high, mean, name in PROCESS
    ]
    return {
        "id": f"OF{number + 1}",
        "name": {"en": f"Outdoor unit {number + 1}", "zh_CN": f"外机{number + 1}线"},
        "stations": [
            {
                "id": f"OF{number + 1}-{index + 8:02d}",
                "name": {"en": NAMES[index][0], "zh_CN": NAMES[index][1]},
                "cycle": {"kind": "deterministic", "value_s": 26.0},
                "tag_sets": ["station"],
                "tags": tags,
            }
            for index in range(stations)
        ],
    }


class FrameMaker:
    """Makes frames of one plant. Values are set by tag id; everything else follows."""

    def __init__(self, layout: Layout | None, tags: Sequence[TagInfo] = ()) -> None:
        self.layout = layout
        self.catalog = Catalog()
        owners = layout.owners if layout else ()
        for owner in owners:
            for tag in owner.tags:
                info = TagInfo(f"{owner.id}/{tag.id}", "", tag.data_type, tag.unit, tag.low, tag.high)
                self.catalog.add_tag(info)
        for info in tags:
            self.catalog.add_tag(info)
        self.empty, self.serial = self.catalog.add_text(""), self.catalog.add_text("OF1-000123")
        self.span = Span(START_NS, START_NS + 3600 * SECOND_NS)
        self.value = np.full(len(self.catalog), np.nan)
        self.quality = np.zeros(len(self.catalog), np.uint32)
        self.source_ns = np.full(len(self.catalog), self.span.end_ns - SECOND_NS, np.int64)
        self.changes: dict[str, list[tuple[float, int]]] = {}
        self.events: tuple[Event, ...] = ()
        self.gaps: tuple[Gap, ...] = ()
        for owner in owners:
            self._furnish(owner.id)

    def _furnish(self, owner: str) -> None:
        kernel = {"State": RUN, "Serial": self.serial, "Units": 1, "Processed": 128, "Defective": 2, "CycleTime": 25.9}
        for tag, value in {**kernel, **{row[0]: row[4] for row in PROCESS}}.items():
            self.put(f"{owner}/{tag}", value)

    def put(self, tag: str, value: float, code: int = quality.GOOD) -> None:
        """Set the newest value of a tag."""
        index = self.catalog.index(tag)
        self.value[index], self.quality[index] = value, code

    def history(self, station: str, *changes: tuple[float, int]) -> None:
        """A station's past: (seconds since the start, state); its last state is the one that holds now."""
        self.changes[station] = list(changes)
        self.put(f"{station}/State", changes[-1][1])

    def frame(self, **changed: object) -> Frame:
        """A frame at the end of the span, LIVE and following; `changed` replaces fields."""
        snapshot = Snapshot(
            self.span.end_ns,
            self.source_ns.copy(),
            self.value.copy(),
            self.quality.copy(),
            self.source_ns.copy(),
        )
        frame = Frame(
            playhead_ns=self.span.end_ns,
            span=self.span,
            window=Span(self.span.end_ns - 600 * SECOND_NS, self.span.end_ns),
            mode=Mode.LIVE,
            origin=Origin.PLANT,
            following=True,
            rate=1.0,
            jumped=False,
            layout=self.layout,
            catalog=self.catalog,
            state=snapshot,
            stale=np.zeros(len(self.catalog), np.bool_),
            stale_since_ns=None,
            stations=self._stations(),
            carriers=_movers(),
            vehicles=_movers(),
            timeline=self._timeline(),
            trends=(),
            events=self.events,
            gaps=self.gaps,
            selection=None,
            health=Health(200_000_000, 0, None),
        )
        return replace(frame, **changed)  # type: ignore[arg-type]

    def trend(self, tag: str, values: Sequence[float] | None = None) -> Trend:
        """A trend of a tag over the last ten minutes, one point a second."""
        info = self.catalog.tags[self.catalog.index(tag)]
        seconds = np.arange(600)
        wave = 18 + 6 * np.sin(seconds / 40) + np.sin(seconds / 3)
        line = wave if values is None else np.asarray(values, np.float64)
        times = self.span.end_ns + (np.arange(len(line), dtype=np.int64) - len(line)) * SECOND_NS
        return Trend(tag, info.unit, info.low, info.high, Series(times, line, line, np.zeros(len(line), np.uint8)))

    def _column(self, tag: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        stations = self.layout.stations if self.layout else ()
        return self.value[[self.catalog.index(f"{station.id}/{tag}") for station in stations]]

    def _stations(self) -> Stations:
        count = len(self.layout.stations) if self.layout else 0
        if not count:
            none, nothing = np.empty(0), np.empty(0, np.int32)
            return Stations(nothing, none > 0, none.astype(np.int64), none, none, none, none, none)
        last = [self.changes.get(station.id, [(0.0, RUN)])[-1][0] for station in self.layout.stations]  # type: ignore[union-attr]
        return Stations(
            state=self._column("State").astype(np.int32),
            stale=np.zeros(count, np.bool_),
            since_ns=START_NS + (np.array(last) * SECOND_NS).astype(np.int64),
            serial=self._column("Serial"),
            units=self._column("Units"),
            processed=self._column("Processed"),
            defective=self._column("Defective"),
            phase=np.full(count, 0.4),
        )

    def _timeline(self) -> Timeline:
        stations = self.layout.stations if self.layout else ()
        rows = [self.changes.get(station.id, [(0.0, RUN)]) for station in stations]
        times = tuple(np.array([START_NS + round(at * SECOND_NS) for at, _ in row], np.int64) for row in rows)
        return Timeline(self.span, times, tuple(np.array([state for _, state in row], np.int32) for row in rows))


def _movers() -> Movers:
    none, whole, flags = np.empty(0), np.empty(0, np.int32), np.empty(0, np.bool_)
    return Movers(whole, none, flags, flags, none, none, whole, whole, none, flags)


def busy(maker: FrameMaker, seed: int = 3) -> FrameMaker:
    """Give every station an eventful hour, the same one every time."""
    random = np.random.default_rng(seed)
    for station in maker.layout.stations if maker.layout else ():
        at, changes = 0.0, [(0.0, RUN)]
        while at < 3500:
            run, stop = random.exponential(160), random.exponential(25) + 2
            kind = random.choice([WAIT, WAIT, WAIT, HELD, DOWN], p=[0.3, 0.3, 0.25, 0.1, 0.05])
            changes += [(at + run, int(kind)), (at + run + stop, RUN)]
            at += run + stop
        maker.history(station.id, *[change for change in changes if change[0] < 3600])
    maker.events = tuple(
        Event(START_NS + second * SECOND_NS, "OF1-12", kind, severity, "", START_NS)
        for second, kind, severity in ((700, "breakdown", 900), (1300, "repaired", 200), (2100, "minor_stop", 500))
    )
    return maker
