// `headwater.py` of an exported project: where values lie, and how Node runs a body. The same for every project.

export const runtimePython = `"""How this project keeps values, and how Node runs its TypeScript.

Values are files under one base path, which fsspec opens: a folder, or "s3://…", "gs://…" and the like with the library
for it installed. A table is an Arrow IPC file where pyarrow is installed, everything else JSON. Assets written in Python
read and write the same files, in the words of values.py.
"""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Optional

import dagster as dg
import fsspec

from .values import has_arrow, is_arrow, read_value, write_value

TYPESCRIPT = Path(__file__).parent / "typescript"


class TypeScriptValue:
    """A value as the bytes that TypeScript wrote; Python hands it on without reading it."""

    def __init__(self, data: bytes):
        self.data = data


class Input(NamedTuple):
    """A value that a body reads, and the key of the asset that it is the value of."""

    key: str
    value: TypeScriptValue


class HeadwaterStorage(dg.ConfigurableIOManager):
    """Keeps values as files under a base path: Arrow IPC or JSON."""

    base_path: str

    def handle_output(self, context: dg.OutputContext, obj: Any) -> None:
        if obj is None and context.dagster_type.is_nothing:
            return
        data = obj.data if isinstance(obj, TypeScriptValue) else write_value(obj)
        ending, other = (".arrow", ".json") if is_arrow(data) else (".json", ".arrow")
        path = self._path(context)
        # An earlier value in the other form goes first: what is read is never what was.
        files, place = fsspec.url_to_fs(path + other)
        if files.exists(place):
            files.rm_file(place)
        with fsspec.open(path + ending, "wb", auto_mkdir=True) as file:
            file.write(data)

    def load_input(self, context: dg.InputContext) -> Any:
        path = self._path(context)
        files, place = fsspec.url_to_fs(path + ".arrow")
        with fsspec.open(path + (".arrow" if files.exists(place) else ".json"), "rb") as file:
            data = file.read()
        # A list of values, which several steps gave, is loaded one by one.
        if "TypeScriptValue" in context.dagster_type.display_name:
            return TypeScriptValue(data)
        return read_value(data, context.dagster_type.typing_type)

    def _path(self, context: Any) -> str:
        if context.has_asset_key:
            parts = context.asset_key.path
        else:
            output = context.upstream_output if isinstance(context, dg.InputContext) else context
            parts = [".ops", *output.get_identifier()]
        return "/".join([self.base_path.rstrip("/"), *parts])


def storage_path() -> str:
    return os.environ.get("HEADWATER_STORAGE") or str(Path.cwd() / "storage")


def run_typescript(
    context: Any,
    *,
    asset: Optional[str] = None,
    check: Optional[str] = None,
    inputs: Optional[Mapping[str, Input]] = None,
    config: Optional[dg.Config] = None,
    resources: Sequence[str] = (),
    timeout: Optional[float] = None,
) -> Iterator[Any]:
    """Runs the body of an asset, of several, or of a check; gives what it makes."""
    op = context.op_execution_context
    by_output = {} if check is not None else op.assets_def.keys_by_output_name
    outputs = {key.to_user_string(): name for name, key in by_output.items()}
    step = {
        "asset": asset,
        "check": check,
        "selected": [key.to_user_string() for key in op.selected_asset_keys] if outputs else [],
        "checks": [[key.asset_key.to_user_string(), key.name] for key in op.selected_asset_check_keys],
    }
    with tempfile.TemporaryDirectory(prefix="headwater-") as folder:
        step["inputs"] = {
            name: {"key": item.key, "path": _file(folder, f"input-{i}", item.value)}
            for i, (name, item) in enumerate((inputs or {}).items())
        }
        for result, value in _run(op, step, folder, config, resources, timeout):
            if isinstance(result, dg.MaterializeResult) and value is not None:
                key = result.asset_key.to_user_string()
                yield dg.Output(
                    TypeScriptValue(Path(value["path"]).read_bytes()),
                    output_name=outputs[key],
                    metadata=result.metadata,
                    data_version=result.data_version,
                    tags=value["tags"] or None,
                )
            elif result is not None:
                yield result


def check_typescript(context: Any, **step: Any) -> dg.AssetCheckResult:
    """Runs the body of one check and returns its result."""
    for result in list(run_typescript(context, **step)):
        if isinstance(result, dg.AssetCheckResult):
            return result
    raise dg.Failure("The check gave no result.")


def observe_typescript(context: Any, **step: Any) -> Iterator[Any]:
    """Runs the body of something observed; what TypeScript says of it becomes an observation."""
    for result in run_typescript(context, **step):
        if isinstance(result, dg.MaterializeResult):
            yield dg.ObserveResult(
                asset_key=result.asset_key, metadata=result.metadata, data_version=result.data_version
            )
        else:
            yield result


def run_typescript_op(
    context: Any,
    *,
    file: str,
    values: Sequence[Any] = (),
    config: Optional[dg.Config] = None,
    resources: Sequence[str] = (),
    timeout: Optional[float] = None,
) -> Iterator[Any]:
    """Runs the body of an op; its values come by position."""
    with tempfile.TemporaryDirectory(prefix="headwater-") as folder:

        def path(name: str, value: Any) -> Any:
            if isinstance(value, list):
                return [_file(folder, f"{name}-{i}", item) for i, item in enumerate(value)]
            return _file(folder, name, value)

        step = {
            "op": file,
            "outputs": [
                {"name": out.name, "isDynamic": out.is_dynamic, "isRequired": out.is_required}
                for out in context.op_def.output_defs
            ],
            "args": [path(f"value-{i}", value) for i, value in enumerate(values)],
        }
        for result, value in _run(context, step, folder, config, resources, timeout):
            if value is None:
                yield result
                continue
            made = TypeScriptValue(Path(value["path"]).read_bytes())
            metadata = _metadata(value["metadata"])
            if value["mappingKey"] is None:
                version = value["dataVersion"]
                yield dg.Output(
                    made,
                    output_name=value["output"],
                    metadata=metadata,
                    data_version=None if version is None else dg.DataVersion(version),
                )
            else:
                yield dg.DynamicOutput(
                    made, mapping_key=value["mappingKey"], output_name=value["output"], metadata=metadata
                )


def _event(event: Mapping[str, Any]) -> Any:
    """What a body says of an asset that it does not make."""
    make = dg.AssetObservation if event["isObservation"] else dg.AssetMaterialization
    return make(
        asset_key=dg.AssetKey.from_user_string(event["key"]),
        metadata=_metadata(event["metadata"]),
        tags=event["tags"] or None,
        description=event["description"],
    )


def _metadata(entries: Mapping[str, Any]) -> Mapping[str, Any]:
    from dagster._core.definitions.metadata.external_metadata import metadata_map_from_external

    return metadata_map_from_external(entries)


def _file(folder: str, name: str, value: TypeScriptValue) -> str:
    path = Path(folder) / name
    path.write_bytes(value.data)
    return str(path)


def _run(
    context: Any,
    step: Mapping[str, Any],
    folder: str,
    config: Optional[dg.Config],
    resources: Sequence[str],
    timeout: Optional[float],
) -> Iterator[tuple[Any, Optional[Mapping[str, Any]]]]:
    """Results with the message about their value, in the order in which TypeScript gave them."""
    extras = {
        **step,
        "folder": folder,
        "config": None if config is None else config.model_dump(mode="json", exclude_none=True),
        "resources": {key: _fields(getattr(context.resources, key)) for key in resources},
        "runTags": dict(context.run.tags),
        "arrow": has_arrow(),
    }
    with dg.open_pipes_session(
        context=context,
        extras=extras,
        context_injector=dg.PipesTempFileContextInjector(),
        message_reader=dg.PipesTempFileMessageReader(),
    ) as session:
        command = [
            os.environ.get("HEADWATER_NODE", "node"),
            "--import",
            "./vendor/headwater/register-hooks.mjs",
            "./run-step.mjs",
        ]
        results = _Results(session)
        process = subprocess.Popen(
            command, cwd=TYPESCRIPT, env={**os.environ, **session.get_bootstrap_env_vars()}
        )
        deadline = None if timeout is None else time.monotonic() + timeout
        try:
            while process.poll() is None:
                yield from results.new()
                if deadline is not None and time.monotonic() > deadline:
                    process.kill()
                    process.wait()
                    raise dg.Failure(f"The body was stopped: it ran longer than {timeout} s.")
                _wait(process)
        except BaseException:
            # Also when Dagster wants no more of what is made.
            process.terminate()
            process.wait()
            raise
    # Only the end of the session makes sure that every message was read.
    yield from results.new()
    for message in session.get_custom_messages():
        if "error" in message:
            _raise(message["error"])
    if process.returncode != 0:
        raise dg.Failure(f"Node ended with the code {process.returncode}; its last words are in the step's log.")


def _wait(process: subprocess.Popen) -> None:
    try:
        process.wait(0.1)
    except subprocess.TimeoutExpired:
        pass


class _Results:
    """What TypeScript has reported so far, each result once."""

    def __init__(self, session: Any):
        self._session = session
        self._results = 0
        self._messages = 0
        self._values: dict[str, Mapping[str, Any]] = {}

    def new(self) -> Iterator[tuple[Any, Optional[Mapping[str, Any]]]]:
        results = self._session.get_reported_results()[self._results :]
        self._results += len(results)
        # Looked at second: the message about a value comes before its result.
        messages = self._session.get_custom_messages()[self._messages :]
        self._messages += len(messages)
        values = [message["value"] for message in messages if "value" in message]
        self._values.update((value["key"], value) for value in values if value["key"] is not None)
        for result in results:
            is_made = isinstance(result, dg.MaterializeResult)
            yield result, self._values.get(result.asset_key.to_user_string()) if is_made else None
        for value in values:
            if value["key"] is None:
                yield None, value
        for message in messages:
            if "event" in message:
                yield _event(message["event"]), None


def _fields(resource: dg.ConfigurableResource) -> Mapping[str, Any]:
    fields = resource.model_dump(mode="json", exclude_none=True)
    fields.pop("base_path", None)
    return fields


def _raise(error: Mapping[str, Any]) -> None:
    retry = error["retry"]
    place = error["place"]
    failure = dg.Failure(
        description=error["text"],
        metadata={} if place is None else {"typescript": place},
        allow_retries=error["allowRetries"],
    )
    if retry is None:
        raise failure
    raise dg.RetryRequested(retry["maxRetries"], retry["secondsToWait"]) from failure
`;
