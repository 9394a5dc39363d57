"""Asks the real Dagster what each selection of dagster-selections.json means, and writes the answers into it.

python e2e/dagster/record_selections.py src/model/selection/dagster-selections.json
Format the file afterwards: npx biome check --write src/model/selection
"""

import json
import sys
import warnings
from functools import reduce
from operator import or_

import dagster as dg
from dagster._core.definitions.antlr_asset_selection.antlr_asset_selection import AntlrAssetSelectionParser

warnings.filterwarnings("ignore")


def assets_of(graph):
    for key, asset in graph.items():
        path = key.split("/")
        spec = dict(
            deps=[dg.AssetKey(dep.split("/")) for dep in asset.get("deps", [])],
            group_name=asset.get("group"),
            kinds=set(asset.get("kinds", [])),
            tags=asset.get("tags", {}),
            owners=asset.get("owners", []),
        )
        if asset.get("external"):
            yield dg.AssetSpec(key=path, **spec)
        else:
            yield dg.asset(key=path, **spec)(lambda: None)


def answer(text, graph):
    try:
        AntlrAssetSelectionParser(text)
        is_selection = True
    except Exception:
        is_selection = False
    case = {"text": text, "isSelection": is_selection}
    for name, include_sources in (("found", False), ("foundWithSources", True)):
        try:
            selection = reduce(
                or_,
                (
                    dg.AssetSelection.from_string(part, include_sources=include_sources)
                    for part in text.split(",")
                ),
            )
            case[name] = sorted(key.to_user_string() for key in selection.resolve(graph))
        except Exception:
            case[name] = None
    return case


def main(path):
    with open(path, encoding="utf-8") as file:
        record = json.load(file)
    defs = dg.Definitions(assets=list(assets_of(record["graph"])))
    graph = defs.resolve_asset_graph()
    record["dagster"] = dg.__version__
    record["cases"] = [answer(case["text"], graph) for case in record["cases"]]
    with open(path, "w", encoding="utf-8") as file:
        json.dump(record, file, indent=2, ensure_ascii=False)
        file.write("\n")


main(sys.argv[1])
