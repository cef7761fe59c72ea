"""What a benchmark reports: a Figure, and how a table of them is printed. Each measures its peer in the same run."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One measured value, beside what it is compared with.

    Attributes:
        name: what was measured.
        value: the measurement, in `unit`.
        reference_name: the limit, or the peer measured in the same run; empty when there is none.
        reference_value: the reference in the same unit; nan when there is none.
        ratio: value over reference, unless the benchmark knows better.
        target: the largest ratio that is good; nan when the figure only informs.
    """

    name: str
    value: float
    unit: str
    reference_name: str = ""
    reference_value: float = math.nan
    ratio: float = math.nan
    target: float = math.nan

    @property
    def kept(self) -> bool:
        """Whether the target is met; a figure without one always is."""
        return math.isnan(self.target) or self.ratio <= self.target


def compared(name: str, value: float, unit: str, *, to: str, of: float, target: float = math.nan) -> Figure:
    """A figure whose ratio is its value over the reference `of`, named `to`."""
    return Figure(
        name=name, value=value, unit=unit, reference_name=to, reference_value=of, ratio=value / of, target=target
    )


def seconds(work: Callable[[], object], *, times: int = 3) -> float:
    """Median wall time of `work`."""
    taken = []
    for _ in range(times):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken)


def table(figures: Iterable[Figure]) -> str:
    """All figures as aligned text: figure, value, limit or peer, ratio, target, ok."""
    rows: list[tuple[str, ...]] = [("figure", "value", "limit or peer", "", "ratio", "target", "")]
    rows += [_row(figure) for figure in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def _row(figure: Figure) -> tuple[str, ...]:
    return (
        figure.name,
        f"{_number(figure.value)} {figure.unit}",
        figure.reference_name,
        _number(figure.reference_value),
        _number(figure.ratio),
        _number(figure.target, before="≤ "),
        "" if math.isnan(figure.target) else "ok" if figure.kept else "MISSED",
    )


def _number(value: float, *, before: str = "") -> str:
    return "" if math.isnan(value) else f"{before}{value:,.4g}" if abs(value) < 1e4 else f"{before}{value:,.0f}"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    left = {0, 2, 6}
    cells = [
        text.ljust(width) if at in left else text.rjust(width)
        for at, (text, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()
