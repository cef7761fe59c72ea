"""The trainer's side of the simulated plant: commands, malfunctions, scenarios."""
