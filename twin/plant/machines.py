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
    "coil_feeder": (5.2, 2.6, 2.2),
    "stamping_press": (4.4, 3.6, 4.6),
    "sheet_stacker": (3.4, 3.2, 2.6),
    "pretreatment": (15.0, 2.8, 3.0),
    "tunnel_oven": (8.0, 2.6, 2.8),
    "powder_booth": (6.0, 4.0, 3.4),
    "powder_oven": (15.0, 3.0, 3.2),
    "injection_machine": (7.6, 3.6, 3.2),
    "fin_press": (5.0, 3.0, 3.2),
    "hairpin_bender": (5.2, 2.6, 1.8),
    "expander": (3.4, 2.8, 3.8),
    "ring_brazing": (4.6, 2.6, 2.4),
    "paste_printer": (2.2, 2.0, 1.8),
    "component_placer": (3.6, 2.2, 1.9),
    "reflow_oven": (6.4, 2.0, 1.8),
    "optical_inspection": (1.9, 1.9, 2.0),
    "wave_solder": (5.4, 2.2, 2.0),
    "board_tester": (4.4, 2.4, 2.2),
    "fan_balancer": (2.4, 2.4, 2.4),
    "air_volume_rig": (4.6, 3.2, 3.0),
    "pairing_bench": (4.4, 2.4, 2.2),
    "generic": (2.4, 2.0, 2.2),
}

# Kinds with places of their own, in rings and banks, off the conveyor or in its way.
BESIDE_KINDS = frozenset(
    {
        "evacuation_carousel", "foaming_carousel", "run_test_bay", "wet_run_test", "thermoformer", "helium_chamber",
        "evacuation_line", "cool_down_test",
    }
)  # fmt: skip

# Kinds that units pass through: however many places there are, they share the machine's length.
TUNNELS = frozenset(
    {
        "coil_feeder", "pretreatment", "tunnel_oven", "powder_booth", "powder_oven", "ring_brazing", "reflow_oven",
        "wave_solder", "board_tester", "pairing_bench",
    }
)  # fmt: skip
