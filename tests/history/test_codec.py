"""Blobs: whatever goes in comes out bit for bit, and no change to a blob goes unnoticed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.history.recordings import same, stories
from twin.errors import RecordingError
from twin.history.batch import EMPTY, Batch, join_batches, make_batch
from twin.history.codec import DENSE, QUICK, Codec

int64s = st.integers(-(2**63), 2**63 - 1)
rows = st.tuples(int64s, st.integers(0, 2**31 - 1), st.floats(), st.integers(0, 2**32 - 1), int64s)


@settings(deadline=None)
@given(st.lists(rows, max_size=20).map(make_batch) | stories().map(lambda story: join_batches(story.batches)))
def test_a_batch_comes_back_bit_for_bit(batch: Batch) -> None:
    for level in (QUICK, DENSE):
        assert same(Codec().decode(Codec(level).encode(batch)), batch)


@settings(deadline=None)
@given(st.data())
def test_no_flipped_bit_and_no_cut_goes_unnoticed(data: st.DataObject) -> None:
    blob = Codec().encode(join_batches(data.draw(stories()).batches))
    at, bit = data.draw(st.integers(0, len(blob) - 1)), data.draw(st.integers(0, 7))
    flipped = bytearray(blob)
    flipped[at] ^= 1 << bit
    for bad in (bytes(flipped), blob[:at]):
        with pytest.raises(RecordingError):
            Codec().decode(bad)


def test_a_coding_of_the_future_is_named() -> None:
    with pytest.raises(RecordingError, match="newer program"):
        Codec().decode(b"\x02" + Codec().encode(EMPTY)[1:])
