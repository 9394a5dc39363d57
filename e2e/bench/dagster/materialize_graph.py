"""Materializes a graph of no-op assets with the real Dagster, once for each line on stdin.

In-process executor, an instance backed by SQLite, values pickled to its folder. Building the definitions and
importing Dagster are not timed. Answers each line with one line of JSON.
"""

import json
import logging
import sys
import tempfile
import time
from pathlib import Path

import dagster as dg

graph = json.loads(Path(sys.argv[1]).read_text())
temp_root = "/dev/shm" if Path("/dev/shm").is_dir() else None


def make_asset(index: int, node: dict) -> dg.AssetsDefinition:
    names = node["deps"]
    # Inputs by name, as an author writes them.
    code = f"def {node['key']}({', '.join(names)}):\n    return {index * 7 + 3}\n"
    scope: dict = {}
    exec(code, scope)
    return dg.asset(scope[node["key"]])


assets = [make_asset(index, node) for index, node in enumerate(graph["nodes"])]
logging.disable(logging.CRITICAL)

with tempfile.TemporaryDirectory(dir=temp_root) as folder:
    instance = dg.DagsterInstance.local_temp(folder)
    print(json.dumps({"ready": True, "version": dg.__version__, "assets": len(assets)}), flush=True)
    for _line in sys.stdin:
        started = time.perf_counter()
        result = dg.materialize(assets, instance=instance)
        seconds = time.perf_counter() - started
        made = len(result.get_asset_materialization_events())
        print(json.dumps({"ms": seconds * 1000, "success": result.success, "made": made}), flush=True)
