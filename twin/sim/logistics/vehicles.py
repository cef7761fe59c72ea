"""What a vehicle does next: it is the DRIVE event of the kernel, where traffic, fleets and what is carried meet."""

from __future__ import annotations

from twin.sim.logistics.batteries import charged, percent, use_battery
from twin.sim.logistics.fleets import assign, go_to, handle, order_id, to_depot
from twin.sim.logistics.lane import move_levels
from twin.sim.logistics.outputs import pick_up, unload
from twin.sim.logistics.plan import FleetPlan
from twin.sim.logistics.state import CHARGING, DRIVING, HANDLING, IDLE, KIT, PARKED, WAITING, TransportOrder
from twin.sim.logistics.supplies import receive_kit
from twin.sim.logistics.traffic import go_on
from twin.sim.messages import Value
from twin.sim.run import Run


def drive(run: Run, number: int) -> None:
    """Whatever the vehicle was about is over: a stretch of its way, a wait, loading or unloading, a percent charged."""
    vehicle = run.state.logistics.vehicles[number]
    if vehicle.due_ns != run.state.now_ns:
        return
    vehicle.due_ns = -1
    if vehicle.halted:
        return
    if vehicle.phase in (DRIVING, WAITING):
        if go_on(run, number):
            _arrive(run, number)
    elif vehicle.phase == HANDLING:
        _handled(run, number)
    elif charged(run, number):
        assign(run, run.plan.logistics.fleet_of[number])


def _arrive(run: Run, number: int) -> None:
    """Into its bay: to load or unload there, or to wait for an order and charge."""
    vehicle = run.state.logistics.vehicles[number]
    if vehicle.order is not None:
        use_battery(run, number, IDLE)
        handle(run, number)
    else:
        vehicle.phase = PARKED
        use_battery(run, number, CHARGING)
    _tell(run, number, {"Stop": vehicle.bay, "Place": vehicle.place})


def _handled(run: Run, number: int) -> None:
    """Loaded, and on to the target; or unloaded, and free for the next order."""
    vehicle = run.state.logistics.vehicles[number]
    order, fleet = vehicle.order, run.plan.logistics.fleet_of[number]
    if order is None:
        raise ValueError("a vehicle without an order has nothing to handle")
    if not vehicle.loaded:
        vehicle.loaded = True
        if order.kind != KIT:
            pick_up(run, order)
        _tell(run, number, {"Load": load_of(run, order)})
        go_to(run, number, order.target)
        return
    state = run.state.logistics.fleets[fleet]
    state.delivered += 1
    state.delivery_ns += run.state.now_ns - order.called_ns
    vehicle.order, vehicle.loaded = None, False
    _tell(run, number, {"Load": "", "Order": ""})
    if order.kind == KIT:
        receive_kit(run, order.what, order.lots)
    else:
        unload(run, order)
    assign(run, fleet)
    if vehicle.order is None:
        to_depot(run, number)


def load_of(run: Run, order: TransportOrder) -> str:
    """What a vehicle carries for an order, as it is published: the material, or the line whose goods they are."""
    plans = run.plan.logistics
    if order.kind == KIT:
        return plans.materials[plans.supplies[order.what].material].id
    output = plans.outputs[order.what]
    if output is None or output.stock < 0:
        return run.plan.lines[order.what].id
    return plans.materials[plans.stocks[output.stock].material].id


def vehicle_levels(run: Run, number: int) -> dict[str, Value]:
    """Everything that a vehicle's tags say."""
    vehicle = run.state.logistics.vehicles[number]
    load = load_of(run, vehicle.order) if vehicle.order is not None and vehicle.loaded else ""
    rest: dict[str, Value] = {"Load": load, "Order": order_id(run, number), "Battery": percent(vehicle)}
    return {**move_levels(vehicle), **rest}


def _tell(run: Run, number: int, values: dict[str, Value]) -> None:
    plan = fleet_of(run, number)
    run.tell(plan.ids[number - plan.first], plan.tags, values)


def fleet_of(run: Run, number: int) -> FleetPlan:
    """The plan of the fleet that a vehicle belongs to."""
    return run.plan.logistics.fleets[run.plan.logistics.fleet_of[number]]
