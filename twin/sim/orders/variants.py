"""Variants: what of a configuration matters to a part, as one number.

A variant's number says all its choices (mixed radix over the part's options), so there is no table of variants to keep:
a product may have millions of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from twin.sim.orders.plan import OrdersPlan, PartPlan


def variant_of(part: PartPlan, configuration: Sequence[int]) -> int:
    """The number of the variant of a part that a configuration asks for; `configuration` has a choice per option."""
    code = 0
    for option, size in zip(part.options, part.sizes, strict=True):
        code = code * size + configuration[option]
    return part.base + code


def part_of(plan: OrdersPlan, variant: int) -> PartPlan:
    """The part that a variant is one of."""
    return next(part for part in plan.parts if variant < part.base + part.count)


def choices_of(part: PartPlan, variant: int) -> list[int]:
    """The choices of a variant, one for each option that matters to its part."""
    code, choices = variant - part.base, []
    for size in reversed(part.sizes):
        code, choice = divmod(code, size)
        choices.append(choice)
    return choices[::-1]


def configuration_of(plan: OrdersPlan, variant: int) -> dict[str, str]:
    """The choices of a variant by name, option id → choice id. The same dictionary every time: leave it as it is."""
    known = plan.names.get(variant)
    if known is None:
        part, options = part_of(plan, variant), plan.product.options
        chosen = zip(part.options, choices_of(part, variant), strict=True)
        known = plan.names[variant] = {options[at].id: options[at].choices[choice].id for at, choice in chosen}
    return known
