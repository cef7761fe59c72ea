"""The house numbers, over every module of the tree. The table is in CONTRIBUTING.md; this file is what enforces it."""

import ast
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILE_LINES, FUNCTION_LINES, CLASS_METHODS = 300, 50, 15
MEDIAN_FILE_LINES, MEDIAN_FUNCTION_LINES = 120, 8
TIMED_WAITS = {"time.sleep", "sleep", "asyncio.sleep", "qtbot.wait", "QTest.qWait", "QTest.qSleep"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One parsed file."""

    name: str
    lines: int
    tree: ast.Module


@cache
def modules(folder: str) -> list[Module]:
    """All modules below a folder of the checkout."""
    found = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found.append(Module(str(path.relative_to(ROOT)), text.count("\n"), ast.parse(text)))
    return found


def length(node: Function) -> int:
    """Lines of a function, decorators not counted."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def functions(module: Module) -> list[Function]:
    """Every function of a module, methods and inner ones included."""
    return [node for node in ast.walk(module.tree) if isinstance(node, Function)]


def methods(node: ast.ClassDef) -> int:
    """How many functions a class defines itself."""
    return sum(isinstance(child, Function) for child in node.body)


def remarks(module: Module) -> Iterator[str]:
    """Everything in one module that is beyond the house numbers."""
    if module.lines > FILE_LINES:
        yield f"{module.name}: {module.lines} lines"
    if not ast.get_docstring(module.tree):
        yield f"{module.name}: no docstring says what is in it"
    for function in functions(module):
        if length(function) > FUNCTION_LINES:
            yield f"{module.name}:{function.lineno} {function.name}: {length(function)} lines"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef) and methods(node) > CLASS_METHODS:
            yield f"{module.name}:{node.lineno} {node.name}: {methods(node)} methods"


@pytest.mark.parametrize("folder", ["twin", "tests", "installer"])
def test_every_module_keeps_the_house_numbers(folder: str) -> None:
    assert modules(folder)
    assert [remark for module in modules(folder) for remark in remarks(module)] == []


def test_the_typical_file_and_function_of_the_product_are_small() -> None:
    product = modules("twin")
    assert statistics.median(module.lines for module in product) <= MEDIAN_FILE_LINES
    assert statistics.median(length(node) for module in product for node in functions(module)) <= MEDIAN_FUNCTION_LINES


def test_no_test_waits_for_time() -> None:
    waits = [
        f"{module.name}:{node.lineno} {ast.unparse(node.func)}"
        for module in modules("tests")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in TIMED_WAITS
    ]
    assert waits == []


def test_the_rule_finds_what_it_forbids() -> None:
    long = "def f():\n" + "    pass\n" * FUNCTION_LINES
    many = "class C:\n" + "".join(f"    def m{number}(self): ...\n" for number in range(CLASS_METHODS + 1))
    text = long + many + "\n" * FILE_LINES
    found = list(remarks(Module("x.py", text.count("\n"), ast.parse(text))))
    assert [remark.split(": ")[1] for remark in found] == [
        f"{text.count(chr(10))} lines",
        "no docstring says what is in it",
        f"{FUNCTION_LINES + 1} lines",
        f"{CLASS_METHODS + 1} methods",
    ]
