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
    "roll_former": (4.6, 2.4, 2.0),
    "drum_welder": (3.8, 2.8, 2.4),
    "screwdriving_portal": (2.6, 2.2, 2.3),
    "bearing_press": (2.4, 2.4, 3.0),
    "tub_welder": (3.0, 2.6, 2.7),
    "leak_tester": (2.4, 2.2, 2.3),
    "door_align": (3.0, 2.8, 2.2),
    "wet_run_test": (10.0, 5.4, 2.8),
    "drain_station": (3.0, 2.2, 2.2),
    "thermoformer": (5.6, 3.2, 2.8),
    "preheat_oven": (3.0, 2.0, 2.5),
    "foaming_carousel": (8.8, 8.8, 2.8),
    "door_foaming": (3.4, 3.0, 2.5),
    "lokring_press": (2.6, 2.4, 2.2),
    "helium_chamber": (5.8, 2.6, 2.5),
    "evacuation_line": (14.0, 6.0, 2.7),
    "cool_down_test": (17.0, 13.6, 2.7),
    "generic": (2.4, 2.0, 2.2),
}
