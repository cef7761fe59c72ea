"""Rules of configuration: which ones a configuration breaks, and what a configurator makes of it.

A configuration is one choice for each option, option id → choice id. Pure functions over the data of
`twin.plant.products`; who orders what is the simulator's business.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product as combinations

from twin.errors import SimulationError
from twin.plant.products import Choices, Product, Rule

Configuration = Mapping[str, str]


def matches(when: Choices, configuration: Configuration) -> bool:
    """Whether every option that `when` names has one of its choices; a `when` that names none always matches."""
    return all(configuration.get(option) in choices for option, choices in when.items())


def check(product: Product, configuration: Configuration) -> list[Rule]:
    """The rules that a configuration breaks, in the order of the product."""
    return [
        rule
        for rule in product.rules
        if matches(rule.when, configuration) and not matches(rule.requires, configuration)
    ]


def corrected(product: Product, configuration: Configuration) -> dict[str, str]:
    """The configuration after its rules: as long as one is broken, what the first such rule requires is chosen.

    Of several allowed choices the first is taken. Options that are missing take their first choice.

    Raises:
        SimulationError: if the rules contradict one another for this configuration.
    """
    chosen = {option.id: configuration.get(option.id, option.choices[0].id) for option in product.options}
    seen = []
    while broken := check(product, chosen):
        if chosen in seen:
            rules = ", ".join(rule.id for rule in broken)
            raise SimulationError(f"No correction satisfies rules {rules} of {product.id}: let one of them give way.")
        seen.append(dict(chosen))
        for option, choices in broken[0].requires.items():
            if chosen[option] not in choices:
                chosen[option] = choices[0]
    return chosen


def contradictions(product: Product, most: int = 50_000) -> Iterator[tuple[dict[str, str], SimulationError | None]]:
    """Configurations that no correction satisfies, one for each group of rules that has some, with the reason.

    Rules that share no option are looked at apart; only options that the group's rules name are varied. A group of more
    than `most` combinations is not searched: it comes without a reason.
    """
    choices = {option.id: [choice.id for choice in option.choices] for option in product.options}
    for rules in _groups(product.rules):
        named = sorted({option for rule in rules for option in (*rule.when, *rule.requires)})
        number = 1
        for option in named:
            number *= len(choices[option])
        if number > most:
            yield {}, None
            continue
        among = product.model_copy(update={"rules": tuple(rules)})
        for combination in combinations(*(choices[option] for option in named)):
            configuration = dict(zip(named, combination, strict=True))
            try:
                corrected(among, configuration)
            except SimulationError as error:
                yield configuration, error
                break


def _groups(rules: tuple[Rule, ...]) -> list[list[Rule]]:
    """The rules in groups that share no option with one another."""
    groups: list[tuple[set[str], list[Rule]]] = []
    for rule in rules:
        options, together = {*rule.when, *rule.requires}, [rule]
        apart = []
        for others, members in groups:
            if others & options:
                options, together = options | others, [*members, *together]
            else:
                apart.append((others, members))
        groups = [*apart, (options, together)]
    return [[rule for rule in rules if rule in together] for _, together in groups]
