"""Which tags to record, and where they are on the server that answers now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from asyncua import ua
from asyncua.ua.object_ids import ObjectIds

from twin.history.layout_tags import tag_info
from twin.history.recording import TagInfo
from twin.opcua.browse import browse_tree, find_variables
from twin.opcua.connection import Connection
from twin.opcua.nodes import ALIAS, browse_path, live_node, standard_node, stored_node
from twin.plant.layout import Layout
from twin.plant.layout_file import parse_layout
from twin.plant.shipped import shipped_layouts


@dataclass(frozen=True, slots=True)
class Wanted:
    """A tag to record: found by its browse path from the Objects folder, or where it has none by its stored node."""

    tag: TagInfo
    path: str = ""

    def at(self, node: ua.NodeId, namespaces: Sequence[str]) -> Wanted:
        """The same, with the node it was found at."""
        return replace(self, tag=replace(self.tag, node=stored_node(node, namespaces)))


@dataclass(frozen=True, slots=True)
class Plan:
    """What to record of a server.

    Attributes:
        aliases: namespace alias → URI, for the browse paths.
        layout: the layout file's text, None where the server was browsed.
        remark: what a person should know about it, or empty.
    """

    wanted: tuple[Wanted, ...]
    aliases: Mapping[str, str]
    layout: str | None
    remark: str = ""


def plan_from_layout(text: str, name: str) -> Plan:
    """Every tag of a layout file; `name` is what errors call it. Raises LayoutError."""
    layout = parse_layout(text, name)
    return Plan(tuple(_wanted(layout)), layout.namespaces, text)


async def plan_for(connection: Connection) -> Plan:
    """The shipped layout whose plant this server is, else everything that browsing finds."""
    for path in shipped_layouts():
        text = path.read_text(encoding="utf-8")
        # Asking the text first saves reading layouts of other plants; the desk is waiting for the first values.
        if any(uri in text for uri in connection.namespaces[1:]):
            plan = plan_from_layout(text, path.name)
            if plan.aliases[ALIAS] in connection.namespaces:
                return plan
    variables, left_out = await find_variables(connection, await browse_tree(connection))
    remark = f"{len(variables)} variables found by browsing {connection.url}"
    if left_out:
        remark += "; left out: " + ", ".join(f"{count} × {reason}" for reason, count in left_out.items())
    return Plan(tuple(Wanted(variable.tag) for variable in variables), {}, None, remark)


async def locate(connection: Connection, plan: Plan, wanted: Sequence[Wanted]) -> list[ua.NodeId | None]:
    """Where each tag is on this server, None where it is not.

    Parents are looked up first, each once: on a server that walks its paths step by step this takes half the time.
    """
    spelled = [item.path for item in wanted if item.path]
    parents = list({path.rpartition("/")[0] for path in spelled} - {""})
    starts = dict(zip(parents, await _translate(connection, plan, [(path, None) for path in parents]), strict=True))
    starts[""] = standard_node(ObjectIds.ObjectsFolder)
    steps = [(name, starts[parent]) for parent, _, name in (path.rpartition("/") for path in spelled)]
    found = iter(await _translate(connection, plan, [(name if start else "", start) for name, start in steps]))
    return [next(found) if item.path else live_node(item.tag.node, connection.namespaces) for item in wanted]


async def _translate(
    connection: Connection, plan: Plan, asked: Sequence[tuple[str, ua.NodeId | None]]
) -> list[ua.NodeId | None]:
    """The node at the end of each path below its start; an empty path leads nowhere."""
    paths = [browse_path(path, plan.aliases, connection.namespaces, start) if path else None for path, start in asked]
    found = iter(await connection.translate([path for path in paths if path is not None]))
    return [next(found) if path is not None else None for path in paths]


def _wanted(layout: Layout) -> list[Wanted]:
    wanted = []
    for owner in layout.owners:
        for tag in owner.tags:
            below = tag.browse_path
            wanted.append(
                Wanted(
                    tag_info(owner, tag), below.strip("/") if below.startswith("/") else f"{owner.browse_path}/{below}"
                )
            )
    return wanted
