"""The simulated plant as a process: the simulator behind a real OPC UA server."""
