"""train: command a simulated plant, and break it."""

from __future__ import annotations

import argparse

from twin.verbs.arguments import Verbs, seconds


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the verb."""
    train = verbs.add_parser("train", help="command a simulated plant, and break it")
    train.add_argument("url", metavar="opc.tcp://…")
    actions = train.add_subparsers(required=True, metavar="ACTION")
    inject = actions.add_parser("inject", help="begin a malfunction")
    inject.add_argument("malfunction")
    inject.add_argument("target")
    inject.add_argument("--severity", type=float, default=1.0, help="above 0, up to 1")
    inject.add_argument("--for", dest="for_s", type=seconds, default=0.0, metavar="10m", help="else until cleared")
    inject.set_defaults(run=_inject)
    clear = actions.add_parser("clear", help="end a malfunction")
    clear.add_argument("number", type=int)
    clear.set_defaults(run=_clear)
    command = actions.add_parser("command", help="a PackML command to a station or a line")
    command.add_argument("target")
    command.add_argument("order", metavar="COMMAND")
    command.set_defaults(run=_command)
    save = actions.add_parser("save", help="save the plant as it is, beside the server")
    save.add_argument("name")
    save.set_defaults(run=_save)
    actions.add_parser("list", help="malfunctions under way").set_defaults(run=_list)


def _inject(options: argparse.Namespace) -> None:
    from twin.opcua.trainer import inject

    number = inject(options.url, options.malfunction, options.target, severity=options.severity, lasts_s=options.for_s)
    print(f"{number}  {options.malfunction} at {options.target}")


def _clear(options: argparse.Namespace) -> None:
    from twin.opcua.trainer import clear

    clear(options.url, options.number)
    print(f"{options.number} is cleared")


def _command(options: argparse.Namespace) -> None:
    from twin.opcua.trainer import command

    command(options.url, options.target, options.order)
    print(f"{options.target} was told to {options.order.lower()}")


def _save(options: argparse.Namespace) -> None:
    from twin.opcua.trainer import save

    save(options.url, options.name)
    print(f"saved as {options.name}")


def _list(options: argparse.Namespace) -> None:
    from twin.opcua.trainer import under_way

    rows = under_way(options.url)
    said = (
        f"{row['number']:>3}  {row['malfunction']} at {row['target']}, severity {row['severity']:g}" for row in rows
    )
    print("\n".join(said) or "nothing is wrong")
