"""What a run left behind, as plain data that another implementation can be compared with."""

import itertools
import re
import tempfile

import dagster as dg
from dagster._core.definitions.data_version import CachingStaleStatusResolver
from dagster._core.events import DagsterEventType

STEP_EVENTS = {
    "STEP_START",
    "STEP_RESTARTED",
    "LOADED_INPUT",
    "STEP_INPUT",
    "STEP_OUTPUT",
    "ASSET_MATERIALIZATION",
    "ASSET_OBSERVATION",
    "ASSET_CHECK_EVALUATION",
    "HANDLED_OUTPUT",
    "STEP_SUCCESS",
    "STEP_FAILURE",
    "STEP_UP_FOR_RETRY",
    "STEP_SKIPPED",
    "HOOK_COMPLETED",
    "HOOK_ERRORED",
    "HOOK_SKIPPED",
}
VOLATILE = "<volatile>"


def text(key):
    return key.to_escaped_user_string()


def typed(entry):
    """A metadata value as its type's name and its plain value."""
    name = type(entry).__name__.removesuffix("MetadataValue")
    names = {"DagsterJob": "job", "Markdown": "md", "DagsterAsset": "asset", "DagsterRun": "dagsterRun", "TableColumnLineage": "columnLineage"}
    kind = names.get(name, name[0].lower() + name[1:])
    if kind == "asset":
        return {"type": kind, "value": text(entry.asset_key)}
    if kind == "job":
        return {"type": kind, "value": entry.job_name}
    if kind == "dagsterRun":
        return {"type": kind, "value": entry.run_id}
    if kind == "tableSchema":
        return {"type": kind, "value": columns(entry.schema)}
    if kind == "table":
        return {"type": kind, "value": {"records": [dict(r.data) for r in entry.records], "schema": columns(entry.schema)}}
    if kind == "columnLineage":
        deps = entry.column_lineage.deps_by_column
        return {
            "type": kind,
            "value": {c: [{"assetKey": text(d.asset_key), "column": d.column_name} for d in ds] for c, ds in deps.items()},
        }
    return {"type": kind, "value": entry.value}


def columns(schema):
    return [[column.name, column.type] for column in schema.columns]


def entries(metadata):
    """All but the path of the default IO manager's file."""
    return {
        name: typed(value)
        for name, value in metadata.items()
        if not (isinstance(value, dg.PathMetadataValue) and str(value.path).startswith(tempfile.gettempdir()))
    }


class Versions:
    """Tells versions that can be foretold from those that hang on a run's id."""

    def __init__(self):
        self.volatile = set()

    def read(self, tags, run_id):
        tags = dict(tags or {})
        code = tags.pop("dagster/code_version", None)
        data = tags.pop("dagster/data_version", None)
        given = tags.pop("dagster/data_version_is_user_provided", None)
        inputs = {}
        for tag in list(tags):
            if tag.startswith("dagster/input_data_version/"):
                inputs[tag.removeprefix("dagster/input_data_version/")] = tags.pop(tag)
            elif tag.startswith("dagster/input_event_pointer/"):
                tags.pop(tag)
        unsure = code == run_id or any(v in self.volatile for v in inputs.values())
        if data is not None and given is None and unsure:
            self.volatile.add(data)
        hide = lambda v: VOLATILE if v in self.volatile or v == run_id else v
        return {
            "codeVersion": hide(code),
            "dataVersion": hide(data),
            "isUserProvided": given == "true",
            "inputVersions": {key: hide(v) for key, v in sorted(inputs.items())},
            "tags": tags,
        }


def label(event):
    """An event as one line: its type, and what it is about."""
    kind = event.event_type_value
    if kind in ("ASSET_MATERIALIZATION", "ASSET_OBSERVATION"):
        return f"{kind} {text(event.asset_key)}"
    if kind == "ASSET_CHECK_EVALUATION":
        evaluation = event.event_specific_data
        return f"{kind} {text(evaluation.asset_key)}:{evaluation.check_name} {'passed' if evaluation.passed else 'failed'}"
    return kind


def failure_of(event):
    """Whose fault a failed step was, and what was said."""
    data = event.event_specific_data
    error = data.error
    user = getattr(data, "user_failure_data", None)
    if user is not None:
        return {
            "by": "body",
            "message": user.description,
            "metadata": entries(user.metadata or {}),
        }
    chain = []
    while error is not None:
        chain.append(error)
        error = error.cause
    for link in chain:
        if link.cls_name in ("CaseError", "RetryRequested", "Failure"):
            return {"by": "body", "message": words(link)}
    return {"by": "dagster", "error": chain[0].cls_name, "message": words(chain[0]), "causes": [words(c) for c in chain[1:]]}


def words(error):
    """What an error says, without its class, its lines of code, and the addresses and files it names."""
    said = error.message.strip().partition(": ")[2]
    said = re.sub(r" at 0x[0-9a-f]+", "", said)
    return re.sub(re.escape(tempfile.gettempdir()) + r"/tmp\w+", "<temp>", said)


def outcome(instance, result, versions):
    run_id = result.run_id
    logs = instance.all_logs(run_id)
    events = [(e.step_key, e.dagster_event) for e in logs if e.dagster_event is not None]
    run = instance.get_run_by_id(run_id)
    plan = instance.get_execution_plan_snapshot(run.execution_plan_snapshot_id)
    planned_steps = sorted(step for step in plan.step_keys_to_execute if "[?]" not in step)
    by_step = {step: [] for step in planned_steps}
    failures = {}
    found = {
        "materializations": [],
        "observations": [],
        "checks": [],
        "planned": [],
        "plannedChecks": [],
    }
    for at, (step, event) in enumerate(events):
        kind = event.event_type_value
        if step is not None and kind in STEP_EVENTS:
            by_step.setdefault(step, []).append(label(event))
        if kind in ("STEP_FAILURE", "STEP_UP_FOR_RETRY"):
            failures.setdefault(step, []).append(failure_of(event))
        if kind == "ASSET_MATERIALIZATION":
            made = event.event_specific_data.materialization
            found["materializations"].append(
                {
                    "asset": text(made.asset_key),
                    "isStored": is_stored(events[at + 1 :], step),
                    "metadata": entries(made.metadata),
                    "description": made.description,
                    **versions.read(made.tags, run_id),
                }
            )
        elif kind == "ASSET_OBSERVATION":
            seen = event.event_specific_data.asset_observation
            found["observations"].append(
                {
                    "asset": text(seen.asset_key),
                    "metadata": entries(seen.metadata),
                    "description": seen.description,
                    **versions.read(seen.tags, run_id),
                }
            )
        elif kind == "ASSET_CHECK_EVALUATION":
            evaluation = event.event_specific_data
            found["checks"].append(
                {
                    "asset": text(evaluation.asset_key),
                    "check": evaluation.check_name,
                    "passed": evaluation.passed,
                    "severity": evaluation.severity.value,
                    "blocking": evaluation.blocking,
                    "description": evaluation.description,
                    "metadata": entries(evaluation.metadata),
                    "hasTarget": evaluation.target_materialization_data is not None,
                }
            )
        elif event.event_type == DagsterEventType.ASSET_MATERIALIZATION_PLANNED:
            found["planned"].append(text(event.asset_key))
        elif event.event_type == DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED:
            planned = event.event_specific_data
            found["plannedChecks"].append(f"{text(planned.asset_key)}:{planned.check_name}")
    found["planned"].sort()
    found["plannedChecks"].sort()
    abandoned = {
        e.step_key: e.user_message for e in logs if "Not executing" in (e.user_message or "") and e.dagster_event is None
    }
    # Hooks are a set: those of one step come in any order.
    by_step = {step: hooks_in_order(lines) for step, lines in by_step.items()}
    return {
        "success": result.success,
        "steps": {step: fate(lines, step in abandoned) for step, lines in sorted(by_step.items())},
        "events": {step: lines for step, lines in sorted(by_step.items()) if lines},
        "failures": failures,
        "messages": abandoned,
        **found,
    }


def hooks_in_order(lines):
    groups = itertools.groupby(lines, key=lambda line: line.startswith("HOOK_"))
    return [line for are_hooks, group in groups for line in (sorted(group) if are_hooks else group)]


def is_stored(later, step):
    """Whether an IO manager was handed the value: its event follows the materialization's."""
    following = next((event.event_type_value for other, event in later if other == step), None)
    return following == "HANDLED_OUTPUT"


def fate(lines, abandoned):
    if "STEP_FAILURE" in lines:
        return "failed"
    if "STEP_SKIPPED" in lines:
        return "skipped"
    if "STEP_SUCCESS" in lines:
        return "succeeded"
    return "abandoned" if abandoned else "not started"


def stale(instance, definitions):
    """Each asset's staleness under these definitions."""
    graph = definitions.resolve_asset_graph()
    resolver = CachingStaleStatusResolver(instance, graph, instance_loading_context(instance))
    found = {}
    for key in sorted(graph.get_all_asset_keys(), key=text):
        found[text(key)] = {
            "status": resolver.get_status(key).value,
            "causes": [cause_of(c) for c in resolver.get_stale_causes(key)],
        }
    return found


def cause_of(cause):
    made = {"key": text(cause.asset_key), "category": cause.category.name, "reason": cause.reason}
    if cause.dependency is not None:
        made["dependency"] = text(cause.dependency.asset_key)
    if cause.children:
        made["children"] = [cause_of(child) for child in cause.children]
    return made


def instance_loading_context(instance):
    from dagster._core.loader import LoadingContextForTest

    return LoadingContextForTest(instance)
