"""How logistics begins: stores and supplies as the layout has them, vehicles in their depots, trucks on their way."""

from __future__ import annotations

from twin.sim.logistics.batteries import use_battery
from twin.sim.logistics.lots import new_lots, put_in
from twin.sim.logistics.plan import FleetPlan, LogisticsPlan
from twin.sim.logistics.state import (
    CHARGING,
    DockState,
    FleetState,
    LogisticsState,
    OutputState,
    StockState,
    SupplyState,
    VehicleState,
    WarehouseState,
)
from twin.sim.logistics.stores import reorder
from twin.sim.logistics.supplies import call_kits
from twin.sim.run import TRUCK, Run

# The first charge of a fleet's vehicles is spread by the golden ratio over this range: they were not bought today.
_LEAST_CHARGE, _GOLDEN = 0.55, 0.6180339887498949


def empty_logistics(plan: LogisticsPlan) -> LogisticsState:
    """The state before anything is put in."""
    vehicles = [vehicle for fleet in plan.fleets for vehicle in _vehicles(fleet)]
    house = plan.warehouse
    docks = [DockState(turns_ns=dock.first_ns) for dock in house.docks] if house else []
    return LogisticsState(
        lots=[0] * len(plan.materials),
        stocks=[StockState() for _ in plan.stocks],
        supplies=[SupplyState() for _ in plan.supplies],
        outputs=[OutputState() for _ in plan.outputs],
        fleets=[_fleet(fleet, vehicles) for fleet in plan.fleets],
        vehicles=vehicles,
        warehouse=WarehouseState([[] for _ in range(house.cranes)], docks) if house else None,
    )


def begin_logistics(run: Run) -> None:
    """Fills stores and supplies, and starts what goes on by itself."""
    plans, logistics = run.plan.logistics, run.state.logistics
    # What lies at the lines is older than what the stores have: lot numbers of a line only rise.
    for plan, supply in zip(plans.supplies, logistics.supplies, strict=True):
        supply.pieces = put_in(supply.lots, new_lots(run, plan.material, plan.initial))
    for at, stock in zip(plans.stocks, logistics.stocks, strict=True):
        stock.pieces = put_in(stock.lots, new_lots(run, at.material, at.initial))
    for number in range(len(logistics.vehicles)):
        use_battery(run, number, CHARGING)
    for number in range(len(plans.supplies)):
        call_kits(run, number)
    for number in range(len(plans.stocks)):
        reorder(run, number)
    for number, dock in enumerate(plans.warehouse.docks if plans.warehouse else ()):
        run.push(run.state.now_ns + dock.first_ns, TRUCK, number)


def _vehicles(fleet: FleetPlan) -> list[VehicleState]:
    """Vehicles in their depots, one depot filled after the other."""
    places = [(bay, place) for bay in fleet.depots for place in range(fleet.bays[bay].places)]
    return [
        VehicleState(
            bay=bay,
            from_m=fleet.bays[bay].at_m,
            to_m=fleet.bays[bay].at_m,
            place=place,
            charge=_LEAST_CHARGE + (1.0 - _LEAST_CHARGE) * (number * _GOLDEN % 1.0) if fleet.battery else 1.0,
        )
        for number, (bay, place) in zip(range(len(fleet.ids)), places, strict=False)
    ]


def _fleet(fleet: FleetPlan, vehicles: list[VehicleState]) -> FleetState:
    own = vehicles[fleet.first : fleet.first + len(fleet.ids)]
    return FleetState(
        holder=[-1] * fleet.zones,
        free_ns=[0] * fleet.zones,
        queues=[[] for _ in range(fleet.zones)],
        blocked_zones=[0] * fleet.zones,
        taken=[sum(vehicle.bay == bay for vehicle in own) for bay in range(len(fleet.bays))],
        bay_queues=[[] for _ in fleet.bays],
    )
