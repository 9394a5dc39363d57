"""Runs the cases with the real Dagster and writes what it did: run_cases.py CASES_FOLDER VECTORS_FOLDER [NAME…]."""

import json
import os
import pathlib
import re
import sys
import tempfile
import traceback
import warnings

import dagster as dg
from dagster._core.definitions.asset_selection import AssetSelection
from dagster._core.definitions.observe import observe

from case_definitions import Maker, resources_of
from case_outcomes import Versions, outcome, stale, text
from case_programs import UNSET, CaseError, World, key_of

warnings.filterwarnings("ignore")


def selection_of(run):
    if "selection" in run:
        return AssetSelection.from_string(run["selection"])
    if "checks" in run:
        names = [name.rsplit(":", 1) for name in run["checks"]]
        return AssetSelection.checks(*[dg.AssetCheckKey(key_of(asset), check) for asset, check in names])
    if "checksFor" in run:
        return AssetSelection.checks_for_assets(*[key_of(asset) for asset in run["checksFor"]])
    if "withoutChecks" in run:
        return AssetSelection.assets(*[key_of(asset) for asset in run["withoutChecks"]]).without_checks()
    return None


def run_config_of(config, definitions):
    """Ours names assets by their keys; Dagster names ops."""
    ops = {}
    for name, fields in config.get("assets", {}).items():
        ops[name.replace("/", "__")] = {"config": fields}
    made = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    if ops:
        made["ops"] = ops
    if "resources" in config:
        made["resources"] = {key: {"config": fields} for key, fields in config["resources"].items()}
    return made


def run_case(case):
    with tempfile.TemporaryDirectory() as folder:
        instance = dg.DagsterInstance.ephemeral(tempdir=folder)
        versions = Versions()
        stores = {}
        for name, value in case.get("env", {}).items():
            os.environ[name] = value
        try:
            return [one_run(case, run, instance, versions, stores) for run in case.get("runs", [{}])]
        finally:
            for name in case.get("env", {}):
                del os.environ[name]


def definitions_of(case, run, world):
    maker = Maker(world, case.get("hooks", {}))
    changes = run.get("change", {})
    dropped = set(run.get("without", []))
    described = [
        {**d, **changes.get(d["name"], {})} for d in case.get("definitions", []) if d["name"] not in dropped
    ]
    made = [maker.make(d) for d in described]
    resources = resources_of(world, case.get("resources", {}))
    return described, made, resources


def split(made):
    checks = [d for d in made if isinstance(d, dg.AssetChecksDefinition)]
    return [d for d in made if d not in checks], checks


def refusal(error):
    # A mistake of these programs must not pass for a refusal of Dagster's.
    if pathlib.Path(traceback.extract_tb(error.__traceback__)[-1].filename).parent == pathlib.Path(__file__).parent:
        raise error
    while error.__cause__ is not None:
        error = error.__cause__
    return {"refused": {"error": type(error).__name__, "message": plain_text(str(error))}}


def plain_text(message):
    """Without what differs from run to run (addresses, sets) and by version (source, links)."""
    said = re.sub(r" at 0x[0-9a-f]+", "", message).partition("\n\nStack Trace")[0]
    said = re.sub(r"(Circular dependencies exist among these items): .*", r"\1", said)
    return re.sub(r"\n *For further information visit \S+", "", said).strip()


def one_run(case, run, instance, versions, stores):
    world = World()
    world.stores = stores
    try:
        described, made, resources = definitions_of(case, run, world)
        assets, checks = split(made)
        definitions = dg.Definitions(assets=assets, asset_checks=checks, resources=resources)
        if "mergeWith" in case:
            other = Maker(world, {})
            extra, extra_checks = split([other.make(d) for d in case["mergeWith"].get("definitions", [])])
            theirs = resources_of(world, case["mergeWith"].get("resources", {}))
            definitions = dg.Definitions.merge(
                definitions, dg.Definitions(assets=extra, asset_checks=extra_checks, resources=theirs)
            )
            made, resources = [*made, *extra, *extra_checks], {**resources, **theirs}
        dg.Definitions.validate_loadable(definitions)
    except Exception as error:
        return refusal(error)
    if run.get("only") == "stale":
        return {"stale": stale(instance, definitions)}
    try:
        if "observe" in run:
            chosen = [d for d, data in zip(made, described) if data["name"] in run["observe"]]
            result = observe(
                chosen,
                instance=instance,
                resources=resources,
                run_config=run_config_of(run.get("config", {}), definitions),
                raise_on_error=False,
            )
        else:
            result = dg.materialize(
                made,
                instance=instance,
                resources=resources,
                selection=selection_of(run),
                run_config=run_config_of(run.get("config", {}), definitions),
                tags=run.get("tags"),
                raise_on_error=False,
            )
    except Exception as error:
        return {**refusal(error), "atLaunch": True}
    done = outcome(instance, result, versions)
    done["values"] = {}
    for item in done["materializations"]:
        if item["isStored"]:
            done["values"][item["asset"]] = result.asset_value(key_of(item["asset"]))
    done["trace"] = world.trace
    if run.get("stale"):
        done["stale"] = stale(instance, definitions)
    return done


def cases_of(file):
    """The cases of a file, with the definitions that several share put in their place."""
    if isinstance(file, list):
        return file
    shared = file["shared"]
    return [
        {**case, "definitions": shared[case["definitions"]]} if isinstance(case["definitions"], str) else case
        for case in file["cases"]
    ]


def kept(run, names):
    return run if names is None or "refused" in run else {name: run[name] for name in names}


def main():
    if os.environ.get("PYTHONHASHSEED") != "0":
        # The order of sets shows in Dagster's messages.
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})
    cases_folder, vectors_folder, *wanted = sys.argv[1:]
    for path in sorted(pathlib.Path(cases_folder).glob("*.json")):
        cases = cases_of(json.loads(path.read_text()))
        vectors = {}
        for case in cases:
            if wanted and not any(part in case["name"] for part in wanted):
                continue
            try:
                vectors[case["name"]] = [kept(run, case.get("keep")) for run in run_case(case)]
            except Exception as error:
                raise RuntimeError(f"{path.name}: {case['name']}") from error
        if wanted:
            for name, runs in vectors.items():
                print(name, json.dumps(runs, indent=1))
            continue
        target = pathlib.Path(vectors_folder) / path.name
        target.write_text(json.dumps(vectors, indent=1, ensure_ascii=False) + "\n")
        print(f"{path.stem}: {len(vectors)}", file=sys.stderr)


if __name__ == "__main__":
    main()
