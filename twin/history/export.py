"""A recording for other programs and for people: CSV (RFC 4180) and a description. Streams; nothing is held whole."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray

from twin.history.batch import Batch
from twin.history.minutes import MINUTE_NS
from twin.history.recording import Catalog, Gap, Recording, TagInfo
from twin.plant import quality

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MOST_TEXT_CODES = 1 << 53


def iso_utc(time_ns: int) -> str:
    """A time as ISO 8601 with nanoseconds; empty for "never"."""
    return _iso(np.array([time_ns], np.int64))[0]


def export_samples(recording: Recording, out: TextIO) -> int:
    """Write all samples in order of arrival; how many."""
    span = recording.span()
    rows = 0
    writer = _begun(out, ("time", "tag", "value", "unit", "quality", "source_time"))
    for start_ns in range(span.start_ns - 1, span.end_ns, MINUTE_NS):
        batch = recording.read(start_ns, min(start_ns + MINUTE_NS, span.end_ns))
        writer.writerows(_sample_rows(batch, recording.catalog))
        rows += len(batch)
    return rows


def export_events(recording: Recording, out: TextIO) -> int:
    """Write all events in order of arrival; how many."""
    span = recording.span()
    events = recording.events(span.start_ns - 1, span.end_ns)
    writer = _begun(out, ("time", "source", "kind", "severity", "message", "source_time"))
    for event in events:
        words = (_safe(event.source), _safe(event.kind), event.severity, _safe(event.message))
        writer.writerow((iso_utc(event.time_ns), *words, iso_utc(event.source_ns)))
    return len(events)


def export_gaps(recording: Recording, out: TextIO) -> int:
    """Write all gaps by start; how many. An open one has no end."""
    gaps = _all_gaps(recording)
    writer = _begun(out, ("source", "start", "end", "cause", "lost"))
    for gap in gaps:
        end = "" if gap.end_ns is None else iso_utc(gap.end_ns)
        lost = "" if gap.lost is None else gap.lost
        writer.writerow((_safe(gap.source), iso_utc(gap.start_ns), end, _safe(gap.cause), lost))
    return len(gaps)


EXPORTS: dict[str, Callable[[Recording, TextIO], int]] = {
    "samples": export_samples,
    "events": export_events,
    "gaps": export_gaps,
}


def describe(recording: Recording) -> dict[str, Any]:
    """What a recording holds, ready for JSON. Times as ISO 8601 and as nanoseconds since 1970 UTC."""
    span, samples, stored = recording.span(), recording.count_samples(), recording.bytes_stored
    return {
        "origin": recording.origin.value,
        "layout": _layout_id(recording.layout),
        "start": iso_utc(span.start_ns) if span.end_ns else None,
        "start_ns": span.start_ns,
        "end": iso_utc(span.end_ns) if span.end_ns else None,
        "end_ns": span.end_ns,
        "seconds": (span.end_ns - span.start_ns) / 1e9,
        "tags": len(recording.catalog),
        "texts": len(recording.catalog.texts),
        "samples": samples,
        "events": len(recording.events(span.start_ns - 1, span.end_ns)),
        "gaps": [_gap_facts(gap) for gap in _all_gaps(recording)],
        "bytes": stored,
        "bytes_per_sample": round(stored / samples, 2) if samples else None,
    }


def describe_as_text(described: dict[str, Any]) -> str:
    """The description for a person, one fact a line."""
    per_sample = described["bytes_per_sample"]
    lines = [
        f"origin   {described['origin']}",
        f"layout   {described['layout'] or 'none'}",
        f"from     {described['start'] or 'nothing recorded yet'}",
        f"to       {described['end'] or 'nothing recorded yet'}  ({described['seconds']:.3f} s)",
        f"tags     {described['tags']:,}",
        f"samples  {described['samples']:,}",
        f"events   {described['events']:,}",
        f"size     {described['bytes']:,} bytes" + (f", {per_sample} a sample" if per_sample else ""),
        f"gaps     {len(described['gaps'])}",
    ]
    lines += [f"  {gap['start']}  to  {gap['end'] or 'now'}  {gap['cause']}" for gap in described["gaps"]]
    return "\n".join(lines)


def _begun(out: TextIO, header: Iterable[str]) -> Any:
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    return writer


def _sample_rows(batch: Batch, catalog: Catalog) -> Iterator[tuple[str, ...]]:
    columns = (_iso(batch.time_ns), batch.tag.tolist(), batch.value.tolist(), batch.quality.tolist())
    for time, tag, value, code, source in zip(*columns, _iso(batch.source_ns), strict=True):
        info = catalog.tags[tag]
        yield time, _safe(info.id), _shown(value, info, catalog), _safe(info.unit), quality.name(code), source


def _shown(value: float, info: TagInfo, catalog: Catalog) -> str:
    """A value as its type writes it; nothing where the server sent none. Numbers need no escape, texts do."""
    if value != value:
        return ""
    if info.is_text:
        return _safe(catalog.text(value))
    if info.data_type == "DateTime" and abs(value) < 9e9:
        return iso_utc(round(value * 1e6) * 1000)  # a float64 of seconds is no finer than this
    if info.data_type not in ("Double", "Float") and abs(value) < _MOST_TEXT_CODES and value == int(value):
        return str(int(value))
    return repr(value)


def _safe(text: str) -> str:
    """Text that a spreadsheet will not take for a formula."""
    return "'" + text if text.startswith(_FORMULA) else text


def _iso(times_ns: NDArray[np.int64]) -> list[str]:
    words = np.datetime_as_string(times_ns.view("datetime64[ns]"), unit="ns").tolist()
    return ["" if word == "NaT" else f"{word}Z" for word in words]


def _all_gaps(recording: Recording) -> list[Gap]:
    span = recording.span()
    return recording.gaps(min(span.start_ns, 0) - 1, max(span.end_ns + 1, 1))


def _gap_facts(gap: Gap) -> dict[str, Any]:
    end_ns = gap.end_ns
    return {
        "source": gap.source,
        "start": iso_utc(gap.start_ns),
        "start_ns": gap.start_ns,
        "end": None if end_ns is None else iso_utc(end_ns),
        "end_ns": end_ns,
        "seconds": None if end_ns is None else (end_ns - gap.start_ns) / 1e9,
        "cause": gap.cause,
        "lost": gap.lost,
    }


def _layout_id(text: str | None) -> str | None:
    """The id in a layout's text, without judging the layout."""
    try:
        raw = json.loads(text) if text else None
    except ValueError:
        return None
    return raw.get("id") if isinstance(raw, dict) else None
