"""Values over time: batches, the Recording contract and its implementations. No clock: every time is an argument."""
