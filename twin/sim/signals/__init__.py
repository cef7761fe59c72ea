"""Process values as functions of state, time and seed, in columns: courses, curves, wanders, demands, disturbances."""
