"""The malfunctions that a trainer can choose from."""

from __future__ import annotations

from twin.plant.malfunctions import AlarmText, Effect, Hit, Malfunction, Need
from twin.plant.terms import Name

_VISION = ("vision_tunnel",)
_EVACUATION = ("evacuation_carousel", "evacuation_line")
_FOAMING = ("foaming_carousel", "door_foaming")
_LEAK_TESTS = ("leak_tester", "pressure_hold")


def _one(
    identifier: str,
    names: tuple[str, str],
    severity: str,
    effects: tuple[Effect, ...],
    *,
    hits: Hit = "station",
    kinds: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
    needs: Need = "",
    alarms: tuple[AlarmText, ...] = (),
) -> Malfunction:
    name = Name(en=names[0], zh_CN=names[1])
    return Malfunction(identifier, name, hits, severity, effects, kinds, tags, needs, alarms)


_JOINING = (
    _one("torque-drift", ("Tightening torque drifts", "拧紧扭矩漂移"), "out of limits within 15 minutes",
         (Effect("drift", 4.0, ("Torque",)), Effect("reject", 0.15)), tags=("Torque",)),
    _one("tool-broken", ("Tool broken before its time", "工具提前损坏"), "no torque at all, the spindle stands",
         (Effect("scale", 1.0, ("Torque",)), Effect("hold")), tags=("Torque",),
         alarms=(AlarmText("ToolBroken", 700, "no torque at the spindle: tool broken"),)),
    _one("brazing-gas-low", ("Brazing gas pressure low", "焊接燃气压力低"), "flame too cold: one joint in eight",
         (Effect("offset", -1.3, ("GasFlow",)), Effect("offset", -1.1, ("JointTemperature",)),
          Effect("slower", 0.15), Effect("reject", 0.12)), tags=("GasFlow",),
         alarms=(AlarmText("GasPressureLow", 600, "burner gas pressure low"),)),
    _one("nitrogen-purge-lost", ("Nitrogen purge lost", "充氮保护中断"), "no purge: scale inside the pipes",
         (Effect("scale", 1.0, ("NitrogenFlow",)), Effect("reject", 0.04)), tags=("NitrogenFlow",),
         alarms=(AlarmText("NitrogenLost", 700, "no nitrogen flow: pipes oxidise inside"),)),
)  # fmt: skip
_VACUUM_AND_CHARGE = (
    _one("pump-oil", ("Vacuum pump oil spent", "真空泵油劣化"), "the pump ends at twice the limit",
         (Effect("offset", 1.4, ("FinalVacuum",)), Effect("offset", 0.8, ("PumpTemperature",)),
          Effect("slower", 0.25), Effect("reject", 0.06)), kinds=_EVACUATION),
    _one("hose-leak", ("Evacuation hose leaks", "抽空软管泄漏"), "every fourth vacuum does not hold",
         (Effect("offset", 1.5, ("FinalVacuum",)), Effect("offset", 2.0, ("HoldRise",)), Effect("reject", 0.25)),
         kinds=_EVACUATION),
    _one("charge-drift", ("Charge mass drifts", "充注量漂移"), "out of limits within 15 minutes",
         (Effect("drift", 4.0, ("ChargeMass",)), Effect("reject", 0.15)), tags=("ChargeMass",)),
    _one("charge-supply-low", ("Refrigerant supply pressure low", "制冷剂供给压力低"), "filling half as slow again",
         (Effect("offset", -1.4, ("LinePressure",)), Effect("slower", 0.5)), kinds=("charging",),
         alarms=(AlarmText("SupplyPressureLow", 500, "refrigerant supply pressure low"),)),
    _one("gas-alarm", ("Flammable gas at the station", "可燃气体报警"), "above the alarm limit: the station is held",
         (Effect("offset", 2.0, ("Isobutane", "Cyclopentane")), Effect("hold")), tags=("Isobutane", "Cyclopentane"),
         alarms=(AlarmText("GasHigh", 900, "flammable gas above the alarm limit"),)),
)  # fmt: skip
_LEAK_TEST = (
    _one("helium-leak", ("Helium leak raises the background", "氦气泄漏抬高本底"), "the room above its limit",
         (Effect("offset", 1.5, ("Background",)), Effect("no_test", 0.3), Effect("stops", 8.0)), tags=("Background",),
         alarms=(AlarmText("BackgroundHigh", 500, "tracer gas background above its limit"),)),
    _one("no-test-storm", ("Storm of tests without a result", "氦检无结果频发"), "two tests in three say No Test",
         (Effect("offset", 3.0, ("Background",)), Effect("no_test", 0.6), Effect("slower", 0.3), Effect("stops", 25.0)),
         tags=("Background",)),
    _one("leak-tester-drift", ("Leak tester drifts", "检漏仪漂移"), "one good unit in five fails",
         (Effect("offset", 1.2, ("PressureDrop", "LeakFlow")), Effect("reject", 0.2)), kinds=_LEAK_TESTS),
    _one("probe-worn", ("Test probe worn", "测试探针磨损"), "resistance out of limits within 20 minutes",
         (Effect("drift", 3.0, ("EarthResistance",)), Effect("reject", 0.1), Effect("stops", 9.0)),
         kinds=("safety_test",)),
)  # fmt: skip
_FOAM = (
    _one("foam-under-shot", ("Foam under-shot", "发泡注料不足"), "every third cabinet has voids",
         (Effect("offset", -1.5, ("ShotMass",)), Effect("reject", 0.3)), kinds=_FOAMING,
         alarms=(AlarmText("ShotMassLow", 600, "shot mass below its limit"),)),
    _one("mould-cold", ("Foaming mould too cold", "发泡模具温度低"), "cures a third more slowly",
         (Effect("offset", -1.3, ("MouldTemperature", "PlatenTemperature")), Effect("slower", 0.33),
          Effect("reject", 0.05)), kinds=_FOAMING),
)  # fmt: skip
_CAMERAS = (
    _one("camera-overkill", ("Camera calls good units defective", "视觉过杀"), "one good unit in six",
         (Effect("overkill", 0.16), Effect("offset", -0.7, ("VisionScore",))), kinds=_VISION),
    _one("camera-blind", ("Camera misses defects", "视觉漏检"), "nine defects in ten",
         (Effect("miss", 0.9),), needs="inspection"),
    _one("lighting-drift", ("Lighting of the camera drifts", "相机光源漂移"), "scores at the limit within half an hour",
         (Effect("drift", -2.0, ("VisionScore", "LightScore", "GasketScore")), Effect("overkill", 0.06)),
         tags=("VisionScore", "LightScore", "GasketScore")),
)  # fmt: skip
_MACHINES = (
    _one("breakdown", ("Breakdown", "设备故障停机"), "a technician repairs it for the duration given",
         (Effect("breakdown"),)),
    _one("micro-stop-storm", ("Storm of minor stops", "小停机频发"), "twenty times as many",
         (Effect("stops", 19.0),), needs="stops"),
    _one("slow-cycle", ("Cycle slower than it should be", "节拍变慢"), "half as long again", (Effect("slower", 0.5),)),
    _one("scrap-rate", ("Many rejects without a cause in sight", "不明原因不良升高"), "one unit in five",
         (Effect("reject", 0.2),)),
    _one("bearing-wear", ("Bearing worn", "轴承磨损"), "noise and vibration out of limits within half an hour",
         (Effect("drift", 2.0, ("Vibration", "SoundPressure")), Effect("noise", 0.3, ("Vibration", "SoundPressure")),
          Effect("reject", 0.1)), tags=("Vibration", "SoundPressure")),
    _one("operator-short", ("Manual station short of a person", "人工工位缺员"), "two thirds longer a unit",
         (Effect("slower", 0.67),), kinds=("wiring_station", "packing", "assembly_cell", "screwdriving_portal")),
    _one("carton-jam", ("Carton jam", "纸箱卡住"), "packing is held",
         (Effect("hold"),), kinds=("packing",), alarms=(AlarmText("CartonJam", 500, "carton jam at the erector"),)),
    _one("crane-out", ("Rack crane out of order", "堆垛机故障"), "no unit leaves the line's end",
         (Effect("abort"),), kinds=("rack_crane",), alarms=(AlarmText("CraneFault", 800, "crane drive fault"),)),
    _one("rework-flood", ("Rework loop saturated", "返修环饱和"), "every third unit comes back",
         (Effect("reject", 0.33),), needs="rework"),
)  # fmt: skip
_SENSORS = (
    _one("sensor-stuck", ("Sensor stuck", "传感器卡死"), "it goes on reading what it read",
         (Effect("stuck"),), hits="sensor"),
    _one("sensor-noisy", ("Sensor noisy", "传感器噪声"), "noise as wide as its limits",
         (Effect("noise"),), hits="sensor"),
    _one("sensor-drifting", ("Sensor drifts", "传感器漂移"), "out of limits within 15 minutes",
         (Effect("drift", 4.0),), hits="sensor"),
    _one("sensor-missing", ("Signal missing", "信号丢失"), "no values at all", (Effect("missing"),), hits="sensor"),
)  # fmt: skip
_LINES = (
    _one("power-dip", ("Power dip of a line", "产线电压跌落"), "all drives trip",
         (Effect("abort"),), hits="line", alarms=(AlarmText("UnderVoltage", 800, "supply voltage below 85 %"),)),
    _one("conveyor-slow", ("Conveyor drive slow", "输送线驱动变慢"), "a third of its speed",
         (Effect("conveyor", 2.0),), hits="line"),
    _one("network-loss", ("Network loss of a line", "产线网络中断"), "nothing is heard of it; it goes on",
         (Effect("silent"),), hits="line"),
    _one("clock-skew", ("Clock of a line's server wrong", "产线服务器时钟偏差"), "a minute ahead",
         (Effect("skew", 60.0),), hits="line"),
    _one("wrong-recipe", ("Wrong recipe revision loaded", "配方版本错误"), "values near limits, one reject in four",
         (Effect("offset", 0.85), Effect("reject", 0.25)), hits="line"),
)  # fmt: skip
_AREAS = (
    _one("air-loss", ("Compressed-air loss of an area", "区域压缩空气中断"), "every reservoir empty within a minute",
         (Effect("hold", after_s=8.0, spread_s=50.0),), hits="area", alarms=(
             AlarmText("AirPressureLow", 400, "compressed air below 5 bar", 1.0, 50.0),
             AlarmText("AirPressureLowLow", 700, "compressed air below 4 bar: actuators blocked", 5.0, 50.0),
             AlarmText("ClampNotConfirmed", 500, "clamp not confirmed in time", 8.0, 50.0))),
    _one("technician-absent", ("Technicians absent", "维修人员缺勤"), "nobody repairs",
         (Effect("absent"),), hits="area"),
    _one("area-evacuation", ("Evacuation of an area", "区域疏散"), "everything is held",
         (Effect("hold", spread_s=5.0),), hits="area", alarms=(AlarmText("Evacuation", 950, "area is evacuated"),)),
)  # fmt: skip
_ROBOTS = (
    _one("robot-battery", ("Robot battery flat", "移动机器人电池耗尽"), "nothing is left of its charge",
         (Effect("discharge"),), hits="robot", needs="battery"),
    _one("blocked-aisle", ("Blocked aisle", "通道堵塞"), "one zone of the route is closed: everybody waits behind it",
         (Effect("block"),), hits="fleet"),
    _one("store-empty", ("Store empty against the books", "库存账实不符"), "nothing is there",
         (Effect("empty"),), hits="store"),
    _one("robot-stopped", ("Robot stopped", "移动机器人停车"), "it stands where it is, and everybody behind it waits",
         (Effect("halt"),), hits="robot", alarms=(AlarmText("SafetyStop", 500, "stopped by its safety scanner"),)),
)  # fmt: skip
_GOODS = (
    _one("wrong-lot", ("Kits of a wrong material lot", "物料批次错误"), "every other unit with the lot fails its test",
         (Effect("lot", 0.5),), hits="supply"),
    _one("supplier-late", ("Supplier late", "供应商延迟交货"), "what is bought comes eight hours late",
         (Effect("late", 28_800.0),), hits="purchase"),
    _one("warehouse-cranes-out", ("Warehouse cranes out of order", "立体库堆垛机停机"), "none of them moves",
         (Effect("cranes"),), hits="warehouse",
         alarms=(AlarmText("CranesOut", 700, "storage and retrieval machines out of order"),)),
    _one("truck-late", ("Trucks late at a dock", "月台卡车晚点"), "each comes an hour late",
         (Effect("trucks", 3600.0),), hits="dock"),
    _one("demand-surge", ("Demand surge of a channel", "渠道需求激增"), "five times as many orders",
         (Effect("surge", 4.0),), hits="channel"),
)  # fmt: skip

CATALOGUE: dict[str, Malfunction] = {
    one.id: one
    for part in (
        _JOINING, _VACUUM_AND_CHARGE, _LEAK_TEST, _FOAM, _CAMERAS, _MACHINES, _SENSORS, _LINES, _AREAS, _ROBOTS,
        _GOODS,
    )
    for one in part
}  # fmt: skip
