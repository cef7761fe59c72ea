"""Stores: what is there goes out kit by kit, oldest lot first, to whoever asked first.

Bought material is ordered by an (s, Q) policy on the inventory position: there, plus on order, less asked for.
"""

from __future__ import annotations

from twin.sim.logistics.fleets import call
from twin.sim.logistics.lots import new_lots, put_in, withdraw
from twin.sim.logistics.state import KIT, Lots, StockState, TransportOrder
from twin.sim.messages import Value
from twin.sim.run import ARRIVE, PURCHASE, Run


def request(run: Run, supply: int) -> None:
    """A station asks for a kit; it is sent off when the store has as many pieces."""
    number = run.plan.logistics.supplies[supply].stock
    run.state.logistics.stocks[number].requests.append(supply)
    _serve(run, number)


def receive(run: Run, number: int, lots: Lots) -> None:
    """Pieces come in."""
    stock = run.state.logistics.stocks[number]
    stock.pieces += put_in(stock.lots, lots)
    _serve(run, number)


def purchased(run: Run, number: int) -> None:
    """What was bought is there, under lot numbers of its own; or it is late, and comes once more."""
    plan, stock, now = run.plan.logistics.stocks[number], run.state.logistics.stocks[number], run.state.now_ns
    if now in stock.put_off:
        stock.put_off.remove(now)
    elif stock.late_ns:
        stock.put_off.append(now + stock.late_ns)
        run.push(now + stock.late_ns, PURCHASE, number)
        return
    stock.on_order -= plan.quantity
    receive(run, number, new_lots(run, plan.material, plan.quantity))


def reorder(run: Run, number: int) -> None:
    """Buys as much as it takes to lift the inventory position above the reorder point."""
    plan, logistics = run.plan.logistics.stocks[number], run.state.logistics
    stock = logistics.stocks[number]
    asked = sum(run.plan.logistics.supplies[supply].kit for supply in stock.requests)
    while plan.lead is not None and stock.pieces + stock.on_order - asked <= plan.reorder_at:
        stock.on_order += plan.quantity
        run.push(run.state.now_ns + plan.lead.value(run.state.seed, stock.purchases), PURCHASE, number)
        stock.purchases += 1


def room(run: Run, number: int) -> int:
    """Pieces that may still be made for a stock: what is on its way has its place already."""
    stock = run.state.logistics.stocks[number]
    return run.plan.logistics.stocks[number].capacity - stock.pieces - stock.on_order - stock.incoming


def stock_levels(stock: StockState) -> dict[str, Value]:
    """Everything that a stock's tags say."""
    return {"Stock": stock.pieces, "OnOrder": stock.on_order, "Lot": stock.lots[0][0] if stock.lots else 0}


def _serve(run: Run, number: int) -> None:
    plans, stock = run.plan.logistics, run.state.logistics.stocks[number]
    while stock.requests and stock.pieces >= plans.supplies[stock.requests[0]].kit:
        supply = stock.requests.pop(0)
        plan = plans.supplies[supply]
        stock.pieces -= plan.kit
        lots = withdraw(stock.lots, plan.kit)
        call(run, plan.fleet, TransportOrder(0, KIT, supply, plan.source, plan.target, run.state.now_ns, lots))
        for line in stock.blocked:
            run.push(run.state.now_ns, ARRIVE, run.plan.lines[line].last)
        stock.blocked.clear()
    reorder(run, number)
    run.tell(plans.stocks[number].id, plans.stocks[number].tags, stock_levels(stock))
