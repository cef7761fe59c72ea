"""The simulated plant: event kernel, stations, transport, signals. Seeded and deterministic; no clock, no sockets."""
