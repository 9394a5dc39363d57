"""Prints what the last run of an instance recorded: materializations, checks, failures, and who ran which step."""

import json
import sys

import dagster as dg
from dagster._core.definitions.metadata import MetadataValue


def told(value: MetadataValue):
    kind = type(value).__name__
    inner = value.value
    if kind == "TableMetadataValue":
        inner = {"records": [record.data for record in value.records]}
    elif kind == "TableSchemaMetadataValue":
        inner = {"columns": [column.name for column in value.schema.columns]}
    elif kind == "DagsterAssetMetadataValue":
        inner = value.asset_key.to_user_string()
    return {"kind": kind, "value": inner}


with dg.DagsterInstance.get() as instance:
    run = instance.get_run_records(limit=1)[0].dagster_run
    out = {"status": run.status.value, "materializations": [], "checks": [], "failures": [], "workers": {}}
    for entry in instance.all_logs(run.run_id):
        event = entry.dagster_event
        if event is None:
            continue
        kind = event.event_type_value
        if kind == "ASSET_MATERIALIZATION":
            made = event.step_materialization_data.materialization
            out["materializations"].append(
                {
                    "key": made.asset_key.to_user_string(),
                    "dataVersion": (made.tags or {}).get("dagster/data_version"),
                    "metadata": {name: told(value) for name, value in made.metadata.items()},
                }
            )
        elif kind == "ASSET_CHECK_EVALUATION":
            found = event.event_specific_data
            out["checks"].append(
                {
                    "asset": found.asset_key.to_user_string(),
                    "name": found.check_name,
                    "passed": found.passed,
                    "severity": found.severity.value,
                    "metadata": {name: told(value) for name, value in found.metadata.items()},
                }
            )
        elif kind == "STEP_FAILURE":
            error = event.step_failure_data.error
            out["failures"].append({"step": event.step_key, "message": error.message if error else ""})
        elif kind == "ENGINE_EVENT" and "Celery worker" in event.engine_event_data.metadata:
            out["workers"][event.step_key] = event.engine_event_data.metadata["Celery worker"].value
    json.dump(out, sys.stdout, default=str)
