"""A plant's state from a recording: `twin.sim.past.recovery` does it; the other modules each know one part."""
