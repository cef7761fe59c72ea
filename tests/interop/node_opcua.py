"""Where node-opcua is: in `.interop/` of the checkout, or in the folder that TWIN_NODE_OPCUA names."""

import os
import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent
MODULES = Path(os.environ.get("TWIN_NODE_OPCUA", HERE.parents[1] / ".interop")) / "node_modules"
NODE = shutil.which("node")

needs_node_opcua = pytest.mark.skipif(
    NODE is None or not (MODULES / "node-opcua").is_dir(),
    reason="node or node-opcua is not here: npm install node-opcua in .interop/, or name its folder in TWIN_NODE_OPCUA",
)
