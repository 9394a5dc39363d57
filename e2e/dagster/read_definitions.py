"""Prints the assets and checks of exported projects: a package to load for each folder named."""

import importlib
import json
import sys
from pathlib import Path


def told(folder: str) -> dict:
    package = next(path.parent.name for path in Path(folder).glob("*/definitions.py"))
    sys.path.insert(0, folder)
    try:
        for name in [name for name in sys.modules if name.split(".")[0] == package]:
            del sys.modules[name]
        graph = importlib.import_module(f"{package}.definitions").defs.resolve_asset_graph()
    finally:
        sys.path.remove(folder)
    return {
        "assets": {
            node.key.to_user_string(): {
                "deps": sorted(key.to_user_string() for key in node.parent_keys),
                "group": node.group_name,
                "kinds": sorted(node.kinds),
                "isMaterializable": node.is_materializable,
            }
            for node in graph.asset_nodes
        },
        "checks": sorted([key.asset_key.to_user_string(), key.name] for key in graph.asset_check_keys),
    }


outcomes = []
for folder in sys.argv[1:]:
    try:
        outcomes.append(told(folder))
    except Exception as error:
        outcomes.append({"error": f"{type(error).__name__}: {error}"[:1500]})
json.dump(outcomes, sys.stdout)
