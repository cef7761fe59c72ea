"""Runs the benchmarks of this folder, all or the named ones, and prints one table; exit status 1 is a missed target."""

import pkgutil
import sys
from importlib import import_module
from types import ModuleType

from tests import bench
from tests.bench.timing import Figure, table


def benchmarks() -> dict[str, ModuleType]:
    """Every module of this folder that can be run, by its name."""
    names = [module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_")]
    found = {name: import_module(f"{bench.__name__}.{name}") for name in names}
    return {name: module for name, module in found.items() if hasattr(module, "run")}


def main() -> int:
    """Runs what the command line names."""
    known = benchmarks()
    chosen = sys.argv[1:] or list(known)
    unknown = set(chosen) - known.keys()
    if unknown:
        print(f"No benchmark is called {', '.join(sorted(unknown))}. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for name in chosen:
        print(f"{name} …", file=sys.stderr, flush=True)
        figures += known[name].run()
    print(table(figures))
    return 0 if all(figure.kept for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
