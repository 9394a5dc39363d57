"""Writes every public name of the real Dagster into the file named by the argument.

python e2e/dagster/record_names.py src/sdk/coverage/dagster-names.json
Format the file afterwards: npx biome check --write src/sdk/coverage

Public are the names of the package `dagster`, and the members that its documentation shows of the classes below.
"""

import inspect
import json
import sys
import types
import warnings

import dagster
from dagster._annotations import is_beta, is_deprecated, is_preview, is_public, is_superseded

warnings.filterwarnings("ignore")

# The classes of the asset API reference whose members are names of their own.
WITH_MEMBERS = """
AssetCheckExecutionContext AssetExecutionContext AssetKey AssetMaterialization AssetOut AssetSelection AssetSpec
AssetValueLoader AssetsDefinition ConfigurableIOManager ConfigurableResource DagsterInstance Definitions
DynamicOutput EnvVar ExecuteInProcessResult HookContext IOManager InitResourceContext InputContext MetadataValue
Output OutputContext RetryPolicy SourceAsset TableSchema
""".split()

# Where Dagster's documentation shows members that carry no mark of their own.
ALSO_PUBLIC = {
    "AssetKey": ["from_user_string", "has_prefix", "to_user_string", "with_prefix"],
    "AssetSelection": ["from_string", "kind", "owner", "tag_string"],
    "ConfigurableResource": [
        "configure_at_launch",
        "setup_for_execution",
        "teardown_after_execution",
        "yield_for_execution",
    ],
    "EnvVar": ["get_value", "int"],
    "ExecuteInProcessResult": [
        "all_node_events",
        "asset_materializations_for_node",
        "asset_observations_for_node",
        "events_for_node",
        "failure_data_for_node",
        "get_asset_check_evaluations",
        "get_asset_materialization_events",
        "get_asset_materialization_planned_events",
        "get_asset_observation_events",
        "get_failed_step_keys",
        "get_job_failure_event",
        "get_job_success_event",
        "get_run_failure_event",
        "get_run_success_event",
        "get_step_skipped_events",
        "get_step_success_events",
        "is_node_failed",
        "is_node_skipped",
        "is_node_success",
        "is_node_untouched",
        "retry_attempts_for_node",
        "success",
    ],
}


def marks(value):
    tests = {
        "deprecated": is_deprecated,
        "superseded": is_superseded,
        "beta": is_beta,
        "preview": is_preview,
    }
    found = []
    for name, test in tests.items():
        try:
            if test(value):
                found.append(name)
        except Exception:
            continue
    return found


def members(cls):
    wanted = set(ALSO_PUBLIC.get(cls.__name__, []))
    for name in dir(cls):
        value = inspect.getattr_static(cls, name)
        if not name.startswith("_") and (name in wanted or is_public(getattr(value, "__func__", value))):
            yield name, value


def main(path):
    names = {}
    for name in dir(dagster):
        value = getattr(dagster, name)
        if name.startswith("_") or isinstance(value, types.ModuleType) or name == "TYPE_CHECKING":
            continue
        if getattr(value, "__module__", "") in ("typing", "collections.abc"):
            continue
        names[name] = " ".join(marks(value))
        if name in WITH_MEMBERS:
            for member, part in members(value):
                names[f"{name}.{member}"] = " ".join(marks(part))
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"dagster": dagster.__version__, "names": names}, file, indent=2)
        file.write("\n")


main(sys.argv[1])
