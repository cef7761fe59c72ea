"""Machine kinds: the names a layout may use, and the floor each takes. How one is drawn: a table in `twin.scene`."""

from __future__ import annotations

# kind -> (length along the line, width across it, height), metres. Estimates, chosen to look and fit right.
MACHINE_KINDS: dict[str, tuple[float, float, float]] = {
    "assembly_cell": (3.2, 3.0, 2.4),
    "brazing_station": (3.0, 2.6, 2.4),
    "wiring_station": (3.2, 2.4, 2.2),
    "pressure_hold": (2.4, 2.0, 2.3),
    "evacuation_carousel": (8.0, 8.0, 2.2),
    "charging": (2.4, 2.2, 2.4),
    "sealing": (2.2, 2.2, 2.2),
    "safety_test": (2.4, 2.0, 2.3),
    "run_test_bay": (7.0, 5.0, 2.8),
    "noise_booth": (3.4, 3.4, 3.0),
    "vision_tunnel": (3.0, 2.2, 2.5),
    "packing": (3.4, 2.4, 2.5),
    "palletiser": (3.4, 3.4, 2.8),
    "rack_crane": (5.0, 4.0, 5.0),
    "generic": (2.4, 2.0, 2.2),
}
