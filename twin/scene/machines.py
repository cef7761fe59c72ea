"""Machine kind -> how it is drawn. The table is here; the builders are in `machines_*`, by what the machines do."""

from __future__ import annotations

from collections.abc import Callable

from twin.plant.machines import BESIDE_KINDS, MACHINE_KINDS
from twin.scene import machines_assembly as assembly
from twin.scene import machines_banks as banks
from twin.scene import machines_electronics as electronics
from twin.scene import machines_exchangers as exchangers
from twin.scene import machines_foaming as foaming
from twin.scene import machines_forming as forming
from twin.scene import machines_joining as joining
from twin.scene import machines_logistics as logistics
from twin.scene import machines_refrigerant as refrigerant
from twin.scene import machines_sheet_metal as sheet_metal
from twin.scene import machines_testing as testing
from twin.scene.placing import row_length_m
from twin.scene.sketch import Footing, Sketch

Builder = Callable[[Sketch, Footing], None]

BUILDERS: dict[str, Builder] = {
    "assembly_cell": assembly.assembly_cell,
    "brazing_station": assembly.brazing_station,
    "wiring_station": assembly.wiring_station,
    "pressure_hold": refrigerant.pressure_hold,
    "evacuation_carousel": refrigerant.evacuation_carousel,
    "charging": refrigerant.charging,
    "sealing": refrigerant.sealing,
    "safety_test": testing.safety_test,
    "run_test_bay": testing.run_test_bay,
    "noise_booth": testing.noise_booth,
    "vision_tunnel": testing.vision_tunnel,
    "packing": logistics.packing,
    "palletiser": logistics.palletiser,
    "rack_crane": logistics.rack_crane,
    "roll_former": forming.roll_former,
    "drum_welder": forming.drum_welder,
    "screwdriving_portal": joining.screwdriving_portal,
    "bearing_press": joining.bearing_press,
    "tub_welder": joining.tub_welder,
    "leak_tester": banks.leak_tester,
    "door_align": joining.door_align,
    "wet_run_test": banks.wet_run_test,
    "drain_station": banks.drain_station,
    "thermoformer": forming.thermoformer,
    "preheat_oven": forming.preheat_oven,
    "foaming_carousel": foaming.foaming_carousel,
    "door_foaming": foaming.door_foaming,
    "lokring_press": joining.lokring_press,
    "helium_chamber": banks.helium_chamber,
    "evacuation_line": banks.evacuation_line,
    "cool_down_test": banks.cool_down_test,
    "coil_feeder": sheet_metal.coil_feeder,
    "stamping_press": sheet_metal.stamping_press,
    "sheet_stacker": sheet_metal.sheet_stacker,
    "pretreatment": sheet_metal.pretreatment,
    "tunnel_oven": sheet_metal.tunnel_oven,
    "powder_booth": sheet_metal.powder_booth,
    "powder_oven": sheet_metal.powder_oven,
    "injection_machine": exchangers.injection_machine,
    "fin_press": exchangers.fin_press,
    "hairpin_bender": exchangers.hairpin_bender,
    "expander": exchangers.expander,
    "ring_brazing": exchangers.ring_brazing,
    "paste_printer": electronics.paste_printer,
    "component_placer": electronics.component_placer,
    "reflow_oven": electronics.reflow_oven,
    "optical_inspection": electronics.optical_inspection,
    "wave_solder": electronics.wave_solder,
    "board_tester": electronics.board_tester,
    "fan_balancer": electronics.fan_balancer,
    "air_volume_rig": electronics.air_volume_rig,
    "pairing_bench": electronics.pairing_bench,
    "generic": testing.generic,
}

# Machines one can look into: a click that meets a product unit inside means the unit.
OPEN_KINDS = frozenset({"wiring_station", *BESIDE_KINDS}) - {"helium_chamber"}


def known_kind(kind: str) -> str:
    """The kind itself, or `generic` for one this version does not know."""
    return kind if kind in BUILDERS else "generic"


def draw_machine(kind: str, *, places: int, conveyor_m: float, pitch_m: float) -> Sketch:
    """A fresh drawing of a machine."""
    _, width, height = MACHINE_KINDS[known_kind(kind)]
    length = row_length_m(kind, places, pitch_m)
    sketch = Sketch()
    BUILDERS[known_kind(kind)](sketch, Footing(length, width, height, places, conveyor_m, pitch_m))
    return sketch
