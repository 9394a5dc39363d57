"""Bodies of the cases: small programs in plain data, run against the real Dagster's contexts and results."""

from datetime import datetime, timezone

import dagster as dg
from dagster._core.definitions.metadata import TableColumn, TableSchema
from dagster._core.definitions.metadata.table import TableColumnDep, TableColumnLineage

UNSET = object()


def key_of(text):
    return dg.AssetKey.from_escaped_user_string(text)


class World:
    """What the programs of one run leave behind, by who left it."""

    def __init__(self):
        self.trace = {}

    def note(self, who, what):
        self.trace.setdefault(who, []).append(what)


class Scope:
    """What one call of a body sees."""

    def __init__(self, world, who, context, inputs, outs):
        self.world, self.who, self.context, self.inputs, self.outs = world, who, context, inputs, outs

    @property
    def op_context(self):
        return getattr(self.context, "op_execution_context", self.context)


def metadata_of(raw):
    return {label: metadata_value(value) for label, value in raw.items()}


def metadata_value(value):
    if not (isinstance(value, dict) and "$" in value):
        return value
    kind, args = value["$"], value.get("value")
    made = {
        "assetKey": lambda: key_of(args),
        "instant": lambda: datetime.fromtimestamp(args, timezone.utc),
        "unsupported": lambda: object(),
        "asset": lambda: dg.MetadataValue.asset(key_of(args)),
        "dagsterRun": lambda: dg.MetadataValue.dagster_run(args),
        "job": lambda: dg.MetadataValue.job(args, location_name="here"),
        "tableSchema": lambda: dg.MetadataValue.table_schema(schema_of(args)),
        "table": lambda: dg.MetadataValue.table(
            [dg.TableRecord(row) for row in args["records"]], schema=schema_of(args["schema"])
        ),
        "columnLineage": lambda: dg.MetadataValue.column_lineage(
            TableColumnLineage(
                {
                    column: [TableColumnDep(key_of(dep["assetKey"]), dep["column"]) for dep in deps]
                    for column, deps in args.items()
                }
            )
        ),
        "null": lambda: dg.MetadataValue.null(),
    }
    if kind in made:
        return made[kind]()
    return getattr(dg.MetadataValue, kind)(args)


def schema_of(columns):
    return TableSchema(columns=[TableColumn(name=name, type=type_) for name, type_ in columns])


def evaluate(expr, scope):
    """A literal, a list of expressions, or an object whose one key names the expression."""
    if isinstance(expr, list):
        return [evaluate(item, scope) for item in expr]
    if not isinstance(expr, dict):
        return expr
    ((form, arg),) = expr.items()
    return EXPRESSIONS[form](arg, scope)


def fields_of(arg, scope, names):
    """The keyword arguments of a result, from its camelCase data."""
    given = {}
    for name, value in arg.items():
        target, convert = names[name]
        given[target] = convert(value, scope)
    return given


PLAIN = lambda value, _scope: value
KEY = lambda value, _scope: key_of(value)
METADATA = lambda value, _scope: metadata_of(value)
VERSION = lambda value, _scope: dg.DataVersion(value)
SEVERITY = lambda value, _scope: getattr(dg.AssetCheckSeverity, value)
CHECKS = lambda value, scope: [check_result(item, scope) for item in value]

RESULT_FIELDS = {
    "assetKey": ("asset_key", KEY),
    "value": ("value", evaluate),
    "metadata": ("metadata", METADATA),
    "checkResults": ("check_results", CHECKS),
    "dataVersion": ("data_version", VERSION),
    "tags": ("tags", PLAIN),
    "description": ("description", PLAIN),
    "name": ("output_name", PLAIN),
    "mappingKey": ("mapping_key", PLAIN),
    "passed": ("passed", PLAIN),
    "checkName": ("check_name", PLAIN),
    "severity": ("severity", SEVERITY),
}


def result(cls):
    return lambda arg, scope: cls(**fields_of(arg, scope, RESULT_FIELDS))


check_result = result(dg.AssetCheckResult)


def outs(arg, scope):
    return tuple(evaluate(arg[name], scope) for name in scope.outs)


def provenance(arg, scope):
    found = scope.context.get_asset_provenance(key_of(arg))
    return found and {
        "codeVersion": found.code_version,
        "inputDataVersions": {key.to_escaped_user_string(): v.value for key, v in found.input_data_versions.items()},
        "isUserProvided": found.is_user_provided,
    }


def resource_field(arg, scope):
    value = scope.context.resources
    for name in arg:
        value = getattr(value, name)
    return value


EXPRESSIONS = {
    "json": PLAIN,
    "input": lambda arg, scope: scope.inputs[arg],
    "sum": lambda arg, scope: sum_of([evaluate(item, scope) for item in arg]),
    "config": lambda arg, scope: scope.op_context.op_config[arg],
    "resource": resource_field,
    "retryNumber": lambda _arg, scope: scope.op_context.retry_number,
    "selectedKeys": lambda _arg, scope: sorted(k.to_escaped_user_string() for k in scope.context.selected_asset_keys),
    "runTag": lambda arg, scope: scope.context.run.tags.get(arg),
    "provenance": provenance,
    "outs": outs,
    "output": result(dg.Output),
    "dynamicOutput": result(dg.DynamicOutput),
    "materializeResult": result(dg.MaterializeResult),
    "observeResult": result(dg.ObserveResult),
    "checkResult": check_result,
    "materialization": result(dg.AssetMaterialization),
    "observation": result(dg.AssetObservation),
    "dataVersion": VERSION,
}


def sum_of(values):
    flat = []
    for value in values:
        flat.extend(value if isinstance(value, list) else [value])
    return sum(flat)


class CaseError(Exception):
    """What a body of a case raises of its own accord."""


def holds(condition, scope):
    ((form, arg),) = condition.items()
    if form == "selected":
        return key_of(arg) in scope.context.selected_asset_keys
    if form == "selectedCheck":
        return arg in [
            f"{k.asset_key.to_escaped_user_string()}:{k.name}"
            for k in scope.context.op_execution_context.selected_asset_check_keys
        ]
    if form == "selectedOutput":
        return arg in scope.op_context.selected_output_names
    if form == "inputIs":
        name, value = arg
        return scope.inputs[name] == value
    if form == "tryBefore":
        return scope.op_context.retry_number < arg
    raise ValueError(f"no such condition: {form}")


def run_program(program, scope):
    """Yields ("yield", value) as the program goes; returns what it returns."""
    for instruction in program:
        form = next(iter(instruction))
        arg = instruction[form]
        if form == "return":
            return True, evaluate(arg, scope)
        if form == "yield":
            yield evaluate(arg, scope)
        elif form == "raise":
            raise CaseError(arg)
        elif form == "failTimes":
            if scope.op_context.retry_number < arg:
                raise CaseError(f"attempt {scope.op_context.retry_number}")
        elif form == "failure":
            raise dg.Failure(
                description=arg.get("description"),
                metadata=metadata_of(arg.get("metadata", {})),
                allow_retries=arg.get("allowRetries", True),
            )
        elif form == "retryRequested":
            raise dg.RetryRequested(max_retries=arg["maxRetries"], seconds_to_wait=arg.get("secondsToWait"))
        elif form == "addMetadata":
            if "asset" in instruction:
                scope.context.add_asset_metadata(metadata_of(arg), asset_key=instruction["asset"] and key_of(instruction["asset"]))
            else:
                scope.context.add_asset_metadata(metadata_of(arg))
        elif form == "trace":
            scope.world.note(scope.who, arg)
        elif form == "traceValue":
            scope.world.note(scope.who, evaluate(arg, scope))
        elif form == "when":
            if holds(arg, scope):
                returned = yield from run_program(instruction["do"], scope)
                if returned[0]:
                    return returned
        else:
            raise ValueError(f"no such instruction: {form}")
    return False, None


def yields(program):
    return any("yield" in i or ("do" in i and yields(i["do"])) for i in program)


def body_function(world, who, params, program, outs=(), name=None):
    """A function whose parameters are `context` and the inputs; a generator where the program yields."""

    def scope_of(local):
        context = local.pop("context")
        return Scope(world, who, context, local, outs)

    def run_all(local):
        generator = run_program(program, scope_of(local))
        try:
            while True:
                next(generator)
        except StopIteration as stop:
            return stop.value[1]

    def stream(local):
        yield from run_program(program, scope_of(local))

    signature = ", ".join(["context", *params])
    call = "yield from stream(dict(locals()))" if yields(program) else "return run_all(dict(locals()))"
    namespace = {"stream": stream, "run_all": run_all}
    exec(f"def {name or who}({signature}):\n    {call}", namespace)
    return namespace[name or who]
