"""What the real Dagster does, asked by running it. Prints one JSON object."""

import json
import sys
import warnings

import dagster as dg
from dagster._core.definitions.data_version import DataVersion, compute_logical_data_version
from dagster._core.definitions.metadata import normalize_metadata

warnings.filterwarnings("ignore")


def run(assets, **kwargs):
    instance = kwargs.pop("instance", None) or dg.DagsterInstance.ephemeral()
    result = dg.materialize(assets, instance=instance, raise_on_error=False, **kwargs)
    return result, instance


def step_events(result, instance, step):
    logs = instance.all_logs(result.run_id)
    return [
        e.dagster_event.event_type_value
        for e in logs
        if e.dagster_event is not None and e.step_key == step
    ]


@dg.asset
def numbers():
    return [1, 2, 3]


@dg.asset
def doubled(numbers):
    return [n * 2 for n in numbers]


@dg.asset
def bad():
    raise ValueError("broken")


@dg.asset
def child(bad):
    return bad


@dg.asset
def grandchild(child):
    return child


facts = {"version": dg.__version__ if hasattr(dg, "__version__") else None}

result, instance = run([numbers, doubled])
facts["events of a step with an input"] = step_events(result, instance, "doubled")

result, instance = run([bad, child, grandchild, numbers])
logs = instance.all_logs(result.run_id)
facts["a failed upstream"] = {
    "success": result.success,
    "events": {key: step_events(result, instance, key) for key in ("bad", "child", "grandchild")},
    "failed": sorted(result.get_failed_step_keys()) if hasattr(result, "get_failed_step_keys") else ["bad"],
    "messages": [e.user_message for e in logs if "Not executing" in (e.user_message or "")],
    "materialized": [e.asset_key.to_user_string() for e in result.get_asset_materialization_events()],
}

tries = {"n": 0}


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=2))
def flaky():
    tries["n"] += 1
    if tries["n"] < 3:
        raise ValueError("not yet")
    return tries["n"]


result, instance = run([flaky])
facts["retries"] = {
    "value": result.asset_value("flaky"),
    "events": step_events(result, instance, "flaky"),
}

asked = {"n": 0}


@dg.asset
def asking():
    asked["n"] += 1
    if asked["n"] == 1:
        raise dg.RetryRequested(max_retries=1)
    return asked["n"]


result, instance = run([asking])
facts["RetryRequested"] = {"value": result.asset_value("asking"), "success": result.success}

refused = {"n": 0}


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=3))
def refusing():
    refused["n"] += 1
    raise dg.Failure(description="never", allow_retries=False)


result, instance = run([refusing])
facts["Failure without retries"] = {"tries": refused["n"], "success": result.success}

facts["delays"] = [
    {
        "backoff": backoff,
        "delays": [
            dg.RetryPolicy(max_retries=9, delay=2, backoff=getattr(dg.Backoff, backoff) if backoff else None).calculate_delay(n)
            for n in range(1, 6)
        ],
    }
    for backoff in (None, "LINEAR", "EXPONENTIAL")
]

inputs = {"b/c": "v2", "a": "v1", "b": "v3"}
facts["data version"] = {
    "code": "code1",
    "inputs": inputs,
    "version": compute_logical_data_version(
        "code1", {dg.AssetKey(k.split("/")): DataVersion(v) for k, v in inputs.items()}
    ).value,
}


@dg.asset(code_version="v9")
def versioned():
    return dg.MaterializeResult(metadata={"rows": 3}, data_version=dg.DataVersion("mine"))


@dg.asset(code_version="w1", deps=[versioned])
def after():
    return 1


result, instance = run([versioned, after])
facts["tags"] = {
    e.asset_key.to_user_string(): sorted(
        tag
        for tag in (e.event_specific_data.materialization.tags or {})
        if tag.startswith("dagster/") and "partition" not in tag
    )
    for e in result.get_asset_materialization_events()
}

raw = {
    "text": "x",
    "int": 3,
    "float": 1.5,
    "bool": True,
    "list": [1],
    "dict": {"a": 1},
    "null": None,
    "key": dg.AssetKey(["a", "b"]),
}
names = {
    "TextMetadataValue": "text",
    "IntMetadataValue": "int",
    "FloatMetadataValue": "float",
    "BoolMetadataValue": "bool",
    "JsonMetadataValue": "json",
    "NullMetadataValue": "null",
    "DagsterAssetMetadataValue": "asset",
}
facts["metadata"] = {k: names.get(type(v).__name__, type(v).__name__) for k, v in normalize_metadata(raw).items()}


@dg.asset
def precedence(context: dg.AssetExecutionContext):
    context.add_asset_metadata({"a": 1, "b": 1})
    return dg.MaterializeResult(metadata={"b": 2, "c": 2})


result, instance = run([precedence])
facts["metadata precedence"] = {
    k: v.value for k, v in result.get_asset_materialization_events()[0].event_specific_data.materialization.metadata.items()
}

facts["keys"] = [
    {"parts": parts, "text": dg.AssetKey(parts).to_escaped_user_string() if hasattr(dg.AssetKey, "to_escaped_user_string") else None}
    for parts in (["a"], ["a", "b"], ["a/b", "c"])
]



@dg.asset
def nothing():
    return None


result, instance = run([nothing])
facts["None materializes"] = [e.asset_key.to_user_string() for e in result.get_asset_materialization_events()]

json.dump(facts, sys.stdout, indent=1)
