"""The session: a recording, a playhead, and what the user has chosen. Carries out commands and makes one Frame a tick.

It owns no clock: `tick` is told how much time passed and what time it is. No Qt, no VTK.
"""

from __future__ import annotations

import bisect
from dataclasses import replace

import numpy as np

from twin.errors import LayoutError
from twin.history.batch import Snapshot, empty_snapshot
from twin.history.recording import Event, Gap, Origin, Recording, Span
from twin.plant.layout import Layout
from twin.plant.layout_file import parse_layout
from twin.session import commands as do
from twin.session.binding import bind
from twin.session.floor_state import carriers_at, good_values, stations_at, vehicles_at
from twin.session.frame import Bools, Frame, Health, Mode, Trend
from twin.session.playback import Playback, clamped, follow, moved, paused, with_rate
from twin.session.timeline import TimelineReader

SECOND_NS = 1_000_000_000
SILENT_NS = 3 * SECOND_NS  # after this long without news from the recorder nothing may be shown as live any more
_WINDOW_NS = 600 * SECOND_NS
_NARROWEST_NS = 60 * SECOND_NS
_SHORTEST_WINDOW_NS = 2 * SECOND_NS
_PLAYHEAD_SHARE = 0.8  # where in the window the playhead is put when it has left it
_TREND_POINTS = 900
_TREND_EVERY_NS = SECOND_NS // 4


class Session:
    """One recording being looked at.

    Attributes:
        layout: the layout that the recording carries, if any.
        frame: the newest frame; None before the first tick.
    """

    def __init__(self, recording: Recording, now_ns: int, *, live: bool | None = None) -> None:
        """Look at `recording`; `live` says whether it is being recorded, None finds out from the age of its end."""
        self._recording = recording
        self.layout = _layout_of(recording)
        recording.refresh()
        span = recording.span()
        growing = now_ns - span.end_ns < SILENT_NS if live is None else live
        self._playback = follow(Playback(span.end_ns), span) if growing else Playback(span.start_ns)
        self._state: Snapshot | None = None
        self._binding, self._bound_tags = bind(self.layout, recording.catalog), len(recording.catalog)
        self._timeline = TimelineReader(recording, self._binding.stations["State"], span.end_ns)
        self._events: tuple[Event, ...] = ()
        self._gaps: tuple[Gap, ...] = ()
        self._events_until_ns = span.start_ns - 1
        self._window = Span(0, 0)
        self._window_is_chosen = False  # until somebody chooses, it is as wide as there is something to see
        self._selection: str | None = None
        self._trend_tags: tuple[str, ...] = ()
        self._trends: tuple[Trend, ...] = ()
        self._trends_due_ns = 0
        self._growing, self._is_expected_to_grow = growing, bool(live)
        self._texts_seen, self._empty_text = 0, -1
        self.frame: Frame | None = None

    def carry_out(self, command: do.Command) -> None:
        """Do what the user wants; the next frame shows it."""
        span = self._recording.span()
        match command:
            case do.Play() | do.Pause() | do.TogglePlay() | do.SetRate():
                self._playback = with_rate(self._playback, command)
            case do.Seek() | do.SeekBy() | do.Step():
                self._put(self._target(command, span))
            case do.Follow():
                alive = (
                    self._growing or self._is_expected_to_grow
                )  # of a finished recording there is no now, only an end
                self._playback = follow(self._playback, span) if alive else Playback(span.end_ns)
                self._state = None
            case do.Select(thing):
                self._selection = thing
            case do.ShowTrends(tags):
                self._trend_tags, self._trends_due_ns = tags, 0
            case do.SetWindow(start_ns, end_ns):
                shortest = max(end_ns, start_ns + _SHORTEST_WINDOW_NS)
                self._window, self._trends_due_ns = Span(start_ns, shortest), 0
                self._window_is_chosen = True

    def keep_choices(self, before: Frame) -> None:
        """Take over what the user had chosen while looking at another recording."""
        self._selection = before.selection
        self._trend_tags = tuple(trend.tag for trend in before.trends)

    def tick(self, elapsed_ns: int, now_ns: int) -> Frame:
        """The frame after `elapsed_ns`, at wall time `now_ns` (UTC)."""
        changed = self._recording.refresh()
        span = self._recording.span()
        self._growing = now_ns - span.end_ns < SILENT_NS
        self._playback = moved(self._playback, elapsed_ns, span, growing=self._growing)
        if changed or self.frame is None:
            self._take_news(span)
        jumped = self._move_state()
        self._move_window(jumped=jumped)
        self._trends_due_ns -= elapsed_ns
        if self._trends_due_ns <= 0 or jumped:
            self._trends, self._trends_due_ns = self._draw_trends(), _TREND_EVERY_NS
        self.frame = self._make_frame(span, now_ns, jumped=jumped)
        return self.frame

    def _put(self, at_ns: int) -> None:
        """Place the playhead; playing goes on from there, following does not."""
        rate = 0.0 if self._playback.following else self._playback.rate
        self._playback, self._state = Playback(at_ns, rate), None

    def _target(self, command: do.Seek | do.SeekBy | do.Step, span: Span) -> int:
        match command:
            case do.Seek(at_ns):
                return clamped(at_ns, span)
            case do.SeekBy(by_ns):
                return clamped(self._playback.playhead_ns + by_ns, span)
            case do.Step(direction):
                self._playback = paused(self._playback)
                return self._next_moment(direction, span)

    def _next_moment(self, direction: int, span: Span) -> int:
        """The next or previous event or bound of a gap; the end of the recording where there is none."""
        at_ns = self._playback.playhead_ns
        bounds = [time for gap in self._gaps for time in (gap.start_ns, gap.end_ns) if time is not None]
        moments = sorted({event.time_ns for event in self._events} | set(bounds) | {span.start_ns, span.end_ns})
        index = bisect.bisect_right(moments, at_ns) if direction > 0 else bisect.bisect_left(moments, at_ns) - 1
        return moments[max(0, min(index, len(moments) - 1))]

    def _take_news(self, span: Span) -> None:
        catalog = self._recording.catalog
        if len(catalog) != self._bound_tags:
            self._binding, self._bound_tags = bind(self.layout, catalog), len(catalog)
            self._timeline = TimelineReader(self._recording, self._binding.stations["State"], span.end_ns)
        texts = catalog.texts
        if self._empty_text < 0 and "" in texts[self._texts_seen :]:
            self._empty_text = texts.index("", self._texts_seen)
        self._texts_seen = len(texts)
        events = self._recording.events(self._events_until_ns, span.end_ns)
        self._events, self._events_until_ns = (*self._events, *events) if events else self._events, span.end_ns
        self._gaps = tuple(self._recording.gaps(span.start_ns - 1, span.end_ns + 1))

    def _move_state(self) -> bool:
        """Bring the state to the playhead: onwards by what lies between, any other way afresh. Whether it jumped."""
        at_ns, state = self._playback.playhead_ns, self._state
        tags = len(self._recording.catalog)
        if state is None or at_ns < state.at_ns:
            self._state = self._recording.latest(at_ns)
        else:
            batch = self._recording.read(state.at_ns, at_ns)
            same = not len(batch) and len(state) == tags
            self._state = replace(state, at_ns=at_ns) if same else state.advanced(batch, at_ns, tags)
        return state is None

    def _move_window(self, *, jumped: bool) -> None:
        at_ns, window, span = self._playback.playhead_ns, self._window, self._recording.span()
        width = window.end_ns - window.start_ns
        if not self._window_is_chosen:
            width = max(_NARROWEST_NS, min(span.end_ns - span.start_ns, _WINDOW_NS))
            window = Span(window.start_ns, window.start_ns + width)
        if self._playback.following:
            self._window = Span(at_ns - width, at_ns)
        elif not window.start_ns <= at_ns <= window.end_ns:
            start = at_ns - round(width * (_PLAYHEAD_SHARE if jumped or self._playback.rate < 0 else 0.2))
            self._window = Span(start, start + width)

    def _draw_trends(self) -> tuple[Trend, ...]:
        catalog, window = self._recording.catalog, self._window
        known = [(catalog.index(tag), tag) for tag in self._trend_tags]
        trends = []
        for index, tag in known:
            if index >= 0:
                info = catalog.tags[index]
                series = self._recording.series(index, window.start_ns, window.end_ns, _TREND_POINTS)
                trends.append(Trend(tag, info.unit, info.low, info.high, series))
        return tuple(trends)

    def _stale_since(self, span: Span, now_ns: int) -> int | None:
        """Since when values at the playhead may not be shown as live; None if they may."""
        at_ns = self._playback.playhead_ns
        covering = [gap.start_ns for gap in self._gaps if gap.covers(at_ns)]
        silent = [span.end_ns] if self._playback.following and now_ns - span.end_ns >= SILENT_NS else []
        return min([*covering, *silent], default=None)

    def _make_frame(self, span: Span, now_ns: int, *, jumped: bool) -> Frame:
        recording, playback, binding = self._recording, self._playback, self._binding
        state = self._state or empty_snapshot(playback.playhead_ns, 0)
        stale_since = self._stale_since(span, now_ns)
        stale: Bools = np.full(len(state), stale_since is not None)
        stale.flags.writeable = False
        at_s = (playback.playhead_ns if stale_since is None else stale_since) / SECOND_NS
        values = good_values(state)
        return Frame(
            playhead_ns=playback.playhead_ns,
            span=span,
            window=self._window,
            mode=_mode(recording.origin, following=playback.following),
            origin=recording.origin,
            following=playback.following,
            rate=playback.rate,
            jumped=jumped,
            layout=self.layout,
            catalog=recording.catalog,
            state=state,
            stale=stale,
            stale_since_ns=stale_since,
            stations=stations_at(binding, state, values, stale, at_s),
            carriers=carriers_at(binding, values, stale, at_s, empty_text=self._empty_text),
            vehicles=vehicles_at(binding, values, stale, at_s),
            timeline=self._timeline.update(),
            trends=self._trends,
            events=self._events,
            gaps=self._gaps,
            selection=self._selection,
            health=self._health(span, now_ns),
        )

    def _health(self, span: Span, now_ns: int) -> Health:
        still_open = [gap for gap in self._gaps if gap.end_ns is None]
        lost = sum(gap.lost or 0 for gap in self._gaps)
        age = max(0, now_ns - span.end_ns) if self._growing or self._playback.following else None
        return Health(age, lost, still_open[-1] if still_open else None)


def _mode(origin: Origin, *, following: bool) -> Mode:
    if not following:
        return Mode.REPLAY
    return Mode.SIMULATION if origin is Origin.SIMULATION else Mode.LIVE


def _layout_of(recording: Recording) -> Layout | None:
    """The layout a recording carries; one that no longer holds is treated as none, the values remain readable."""
    try:
        return parse_layout(recording.layout, "layout in the recording") if recording.layout else None
    except LayoutError:
        return None
