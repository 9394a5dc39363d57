"""Prints the events of an instance's last run, oldest first, with the words they say.

With an asset, its check and a process as its arguments it waits until the check has a result, or the process has ended.
"""

import json
import os
import sys
import time

import dagster as dg


def told(entry: dg.EventLogEntry) -> dict:
    event = entry.dagster_event
    if event is None:
        return {"kind": "LOGS", "about": entry.user_message}
    about = entry.user_message
    if event.event_type_value == "ASSET_CHECK_EVALUATION":
        about = event.event_specific_data.check_name
    elif event.event_type_value == "STEP_FAILURE":
        about = event.step_failure_data.error.message
    elif event.asset_key is not None:
        about = event.asset_key.to_user_string()
    return {"kind": event.event_type_value, "about": about}


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def has_result(instance: dg.DagsterInstance, asset: str, check: str) -> bool:
    # Of all assets together: the log of a run that has just begun is not to be opened by two at once.
    key = dg.AssetCheckKey(dg.AssetKey.from_user_string(asset), check)
    record = instance.get_latest_asset_check_evaluation_record(key)
    return record is not None and record.status.value != "PLANNED"


with dg.DagsterInstance.get() as instance:
    if len(sys.argv) > 1:
        asset, check, process = sys.argv[1:]
        while is_running(int(process)) and not has_result(instance, asset, check):
            time.sleep(0.1)
    runs = instance.get_run_records(limit=1)
    events = [told(entry) for entry in instance.all_logs(runs[0].dagster_run.run_id)] if runs else []
    json.dump(events, sys.stdout)
