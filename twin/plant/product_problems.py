"""What a product's shape alone cannot say: names that nothing answers to, mixes and rules that cannot be met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from twin.errors import Problem
from twin.plant.configuration import contradictions
from twin.plant.layout import Layout
from twin.plant.products import Channel, EngineeringChange, Part, Product, Revision
from twin.plant.stations import Station


def product_problems(layout: Layout) -> Iterator[Problem]:
    """Everything that is wrong with the product of a layout; nothing where it has none."""
    product = layout.product
    if product is None:
        return
    unknown = list(_choice_problems(product))
    yield from unknown
    yield from _double_problems(product)
    for p, part in enumerate(product.parts):
        yield from _line_problems(layout, product, part, f"product.parts[{p}]")
        for r, revision in enumerate(part.revisions):
            yield from _revision_problems(layout, part, revision, f"product.parts[{p}].revisions[{r}]")
    for c, change in enumerate(product.changes):
        yield from _change_problems(layout, product, change, f"product.changes[{c}]")
    for n, channel in enumerate(product.channels):
        yield from _channel_problems(channel, f"product.channels[{n}]")
    yield from _own_problems(layout, product)
    yield from _warehouse_problems(layout, product)
    if not unknown:
        yield from _rule_problems(product)


def _own_problems(layout: Layout, product: Product) -> Iterator[Problem]:
    for name in product.tag_sets:
        if name not in layout.tag_sets:
            yield Problem("product.tag_sets", f"there is no tag set {name!r}")
    if product.id in {line.id for line in layout.lines} | {station.id for station in layout.stations}:
        yield Problem("product.id", f"{product.id!r} is already the id of a line or a station")
    planning, options = product.planning, [option.id for option in product.options]
    if planning.policy in {"batch", "make_to_stock"} and planning.batch_option not in options:
        reason = f"there is no option {planning.batch_option!r}; known are {', '.join(options)}"
        yield Problem("product.planning.batch_option", reason)


def _warehouse_problems(layout: Layout, product: Product) -> Iterator[Problem]:
    """An order leaves when all of it is there, so all of it must fit, and there must be a way out."""
    house = layout.warehouse
    if house is None:
        return
    if not house.docks:
        yield Problem("warehouse.docks", "orders have no way out: the product needs a dock")
    for n, channel in enumerate(product.channels):
        largest = max((int(key) for key in channel.quantity if key.isascii() and key.isdecimal()), default=0)
        if largest * len(product.parts) > house.cells:
            reason = f"an order of {largest} does not fit into the warehouse, which has {house.cells} cells"
            yield Problem(f"product.channels[{n}].quantity", f"{reason} for units of all {len(product.parts)} parts")


def _choice_problems(product: Product) -> Iterator[Problem]:
    """Options and choices that something names and the product does not have."""
    known = {option.id: {choice.id for choice in option.choices} for option in product.options}
    for place, named in _named_choices(product):
        for option, choices in named.items():
            if option not in known:
                yield Problem(place, f"there is no option {option!r}; known are {', '.join(known)}")
                continue
            for choice in choices:
                if choice not in known[option]:
                    have = ", ".join(sorted(known[option]))
                    yield Problem(place, f"option {option!r} has no choice {choice!r}; it has {have}")


def _named_choices(product: Product) -> Iterator[tuple[str, Mapping[str, Iterable[str]]]]:
    for r, rule in enumerate(product.rules):
        yield f"product.rules[{r}].when", rule.when
        yield f"product.rules[{r}].requires", rule.requires
    for p, part in enumerate(product.parts):
        yield f"product.parts[{p}].options", dict.fromkeys(part.options, ())
        for r, revision in enumerate(part.revisions):
            yield from _conditions(revision, f"product.parts[{p}].revisions[{r}]")
    for c, channel in enumerate(product.channels):
        yield f"product.channels[{c}].mix", channel.mix


def _conditions(revision: Revision, place: str) -> Iterator[tuple[str, Mapping[str, Iterable[str]]]]:
    for kind in ("bill", "recipe", "cycles", "skips"):
        for at, item in enumerate(getattr(revision, kind)):
            yield f"{place}.{kind}[{at}].when", item.when


def _double_problems(product: Product) -> Iterator[Problem]:
    lists = [
        ("product.options", [option.id for option in product.options]),
        ("product.rules", [rule.id for rule in product.rules]),
        ("product.parts", [part.id for part in product.parts]),
        ("product.changes", [change.id for change in product.changes]),
        ("product.channels", [channel.id for channel in product.channels]),
    ]
    lists += [(f"product.options[{o}]", [c.id for c in option.choices]) for o, option in enumerate(product.options)]
    lists += [(f"product.parts[{p}]", [r.id for r in part.revisions]) for p, part in enumerate(product.parts)]
    lists += [(f"product.parts[{p}].options", list(part.options)) for p, part in enumerate(product.parts)]
    for place, ids in lists:
        for identifier, times in Counter(ids).items():
            if times > 1:
                yield Problem(place, f"{identifier!r} is there {times} times")


def _line_problems(layout: Layout, product: Product, part: Part, place: str) -> Iterator[Problem]:
    lines = {line.id: line for line in layout.lines}
    for n, name in enumerate(part.lines):
        line = lines.get(name)
        if line is None:
            yield Problem(f"{place}.lines[{n}]", f"there is no line {name!r}")
        elif line.output is not None and line.output.material is not None:
            reason = (
                f"line {name!r} makes pieces of {line.output.material!r}; units of a part keep their serial numbers"
            )
            yield Problem(f"{place}.lines[{n}]", reason)
        makers = [other.id for other in product.parts for each in other.lines if each == name]
        if len(makers) > 1 and makers[0] != part.id:
            yield Problem(f"{place}.lines[{n}]", f"line {name!r} already makes {makers[0]!r}")
        elif part.lines.index(name) < n:
            yield Problem(f"{place}.lines[{n}]", f"line {name!r} is named twice")


def _revision_problems(layout: Layout, part: Part, revision: Revision, place: str) -> Iterator[Problem]:
    stations = [station for line in layout.lines if line.id in part.lines for station in line.stations]
    segments = {station.segment for station in stations}
    for kind in ("bill", "recipe", "cycles", "skips"):
        for at, item in enumerate(getattr(revision, kind)):
            if item.segment not in segments:
                yield Problem(f"{place}.{kind}[{at}].segment", f"no line of {part.id!r} has a segment {item.segment!r}")
            for option in (option for option in item.when if option not in part.options):
                reason = f"option {option!r} is not among those that matter to {part.id!r}"
                yield Problem(f"{place}.{kind}[{at}].when", reason)
    materials = {material.id for material in layout.materials}
    for at, needed in enumerate(revision.bill):
        if needed.material not in materials:
            yield Problem(f"{place}.bill[{at}].material", f"there is no material {needed.material!r}")
    tags = {
        segment: {tag for s in stations if s.segment == segment for tag in _tag_ids(layout, s)} for segment in segments
    }
    yield from _recipe_problems(revision, tags, f"{place}.recipe")


def _recipe_problems(revision: Revision, tags: dict[str, set[str]], place: str) -> Iterator[Problem]:
    for at, value in enumerate(revision.recipe):
        if value.tag not in tags.get(value.segment, {value.tag}):
            yield Problem(f"{place}[{at}].tag", f"stations of {value.segment!r} have no tag {value.tag!r}")
        if value.low is not None and value.high is not None and value.low >= value.high:
            yield Problem(f"{place}[{at}]", f"low limit {value.low} is not below high limit {value.high}")


def _tag_ids(layout: Layout, station: Station) -> Iterator[str]:
    """The tags of a station, of the tag sets that there are."""
    for tags in (station.tags, *(layout.tag_sets.get(name, ()) for name in station.tag_sets)):
        yield from (tag.id for tag in tags)


def _change_problems(layout: Layout, product: Product, change: EngineeringChange, place: str) -> Iterator[Problem]:
    part = next((part for part in product.parts if part.id == change.part), None)
    if part is None:
        yield Problem(f"{place}.part", f"there is no part {change.part!r}")
    elif change.revision not in {revision.id for revision in part.revisions}:
        yield Problem(f"{place}.revision", f"part {change.part!r} has no revision {change.revision!r}")
    effective = change.effectivity
    if effective.kind == "serial" and effective.last is not None and effective.last < effective.first:
        yield Problem(f"{place}.effectivity", f"last {effective.last} comes before first {effective.first}")
    if effective.kind == "lot" and effective.material is None:
        yield Problem(f"{place}.effectivity", "effectivity by lot needs a material")
    elif effective.kind == "lot" and effective.material not in {material.id for material in layout.materials}:
        yield Problem(f"{place}.effectivity.material", f"there is no material {effective.material!r}")


def _channel_problems(channel: Channel, place: str) -> Iterator[Problem]:
    sizes = [int(key) for key in channel.quantity if key.isascii() and key.isdecimal() and int(key) > 0]
    if not channel.quantity:
        yield Problem(f"{place}.quantity", "is empty: say how many units an order has")
    for key in channel.quantity:
        if not (key.isascii() and key.isdecimal() and int(key) in sizes):
            yield Problem(f"{place}.quantity", f"{key!r} is not a whole number above zero")
    for option, weights in channel.mix.items():
        if not weights:
            yield Problem(f"{place}.mix.{option}", "is empty: name a choice and its weight, or leave the option out")
    if sizes and channel.quota is not None and min(sizes) > channel.quota:
        yield Problem(
            f"{place}.quota", f"no order fits: the smallest has {min(sizes)} units, the quota {channel.quota}"
        )


def _rule_problems(product: Product) -> Iterator[Problem]:
    for configuration, error in contradictions(product):
        if error is None:
            yield Problem("product.rules", "these rules have too many combinations to check: split them")
        else:
            yield Problem("product.rules", f"{error} It is asked for by {configuration}")
