"""A process that records, and acknowledges on its standard output each batch that it was told is durable.

Usage: writing_process.py FOLDER BATCHES
Each batch has a text made for it, three samples and an event; two batches are STEP_NS apart, so minutes pass quickly.
"""

import sys
from itertools import count
from pathlib import Path

from twin.history.addresses import create_recorder
from twin.history.batch import make_batch
from twin.history.recording import Event, Origin, TagInfo

STEP_NS = 3_000_000_000
START_NS = 1_790_000_000_000_000_000
TAGS = [TagInfo("counter", data_type="Int32"), TagInfo("serial", data_type="String"), TagInfo("level")]


def main() -> None:
    """Record until killed, or so many batches more."""
    recorder = create_recorder(Path(sys.argv[1]), Origin.SIMULATION, None)
    recorder.define(TAGS)
    first = (max(recorder.end_ns, START_NS) - START_NS) // STEP_NS + 1
    for number in count(first):
        time_ns = START_NS + number * STEP_NS
        code = recorder.intern(f"SN-{number}")
        values = enumerate((float(number), float(code), number / 7))
        recorder.append(make_batch([(time_ns, tag, value, 0, time_ns - tag) for tag, value in values]))
        recorder.append_event(Event(time_ns + 1, "line", "tick", 1, str(number), time_ns))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        if number - first + 1 >= int(sys.argv[2]):
            break
    recorder.close()


if __name__ == "__main__":
    main()
