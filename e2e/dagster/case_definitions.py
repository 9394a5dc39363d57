"""Makes a case's definitions with the real Dagster."""

import dagster as dg

from case_programs import CaseError, body_function, key_of, metadata_of

TYPES = {"int": int, "string": str, "bool": bool, "float": float}


def only(given, **fields):
    """Keyword arguments for those names of `given` that are there: target=(name, convert)."""
    return {target: convert(given[name]) for target, (name, convert) in fields.items() if name in given}


def same(value):
    return value


def keys(values):
    return [dep_of(value) for value in values]


def dep_of(value):
    return key_of(value)


def ins_of(values):
    return {
        name: dg.AssetIn(
            **only(spec, key=("key", key_of), key_prefix=("keyPrefix", same), metadata=("metadata", metadata_of), input_manager_key=("inputManagerKey", same))
        )
        for name, spec in values.items()
    }


def retry_of(policy):
    return dg.RetryPolicy(
        **only(
            policy,
            max_retries=("maxRetries", same),
            delay=("delay", same),
            backoff=("backoff", lambda name: getattr(dg.Backoff, name)),
            jitter=("jitter", lambda name: getattr(dg.Jitter, name)),
        )
    )


def config_of(fields):
    return {
        name: dg.Field(TYPES[spec["type"]], **only(spec, default_value=("default", same)))
        for name, spec in fields.items()
    }


def check_spec_of(spec):
    return dg.AssetCheckSpec(
        **only(
            spec,
            name=("name", same),
            asset=("asset", key_of),
            description=("description", same),
            blocking=("blocking", same),
            additional_deps=("additionalDeps", keys),
            metadata=("metadata", metadata_of),
        )
    )


SPEC_FIELDS = dict(
    key=("key", key_of),
    deps=("deps", keys),
    description=("description", same),
    metadata=("metadata", metadata_of),
    skippable=("skippable", same),
    group_name=("group", same),
    code_version=("codeVersion", same),
    owners=("owners", same),
    tags=("tags", same),
    kinds=("kinds", set),
)


def spec_of(spec):
    return dg.AssetSpec(**only(spec, **SPEC_FIELDS))


def out_of(out):
    return dg.AssetOut(
        **only(
            out,
            key=("key", key_of),
            key_prefix=("keyPrefix", same),
            is_required=("isRequired", same),
            io_manager_key=("ioManager", same),
            metadata=("metadata", metadata_of),
            group_name=("group", same),
            code_version=("codeVersion", same),
            owners=("owners", same),
            tags=("tags", same),
            kinds=("kinds", set),
        )
    )


class Maker:
    """Makes definitions for one run of a case."""

    def __init__(self, world, hooks):
        self.world = world
        self.hooks = {name: self.hook(name, spec) for name, spec in hooks.items()}

    def body(self, d, name, outs=()):
        return body_function(self.world, name, d.get("inputs", []), d.get("body", []), outs)

    def hooks_of(self, names):
        return {self.hooks[name] for name in names}

    def hook(self, name, spec):
        def call(context, *_events):
            self.world.note(f"hook:{name}", f"{spec['on']} {context.step_key}")
            if spec.get("raise"):
                raise CaseError(spec["raise"])

        call.__name__ = name
        return (dg.success_hook if spec["on"] == "success" else dg.failure_hook)(name=name)(call)

    def make(self, d):
        return getattr(self, d["kind"])(d)

    def asset(self, d):
        options = only(
            d,
            key=("key", key_of),
            key_prefix=("keyPrefix", same),
            ins=("ins", ins_of),
            deps=("deps", keys),
            description=("description", same),
            metadata=("metadata", metadata_of),
            tags=("tags", same),
            owners=("owners", same),
            kinds=("kinds", set),
            group_name=("group", same),
            code_version=("codeVersion", same),
            config_schema=("config", config_of),
            required_resource_keys=("resources", set),
            io_manager_key=("ioManager", same),
            retry_policy=("retry", retry_of),
            check_specs=("checkSpecs", lambda specs: [check_spec_of(s) for s in specs]),
            output_required=("outputRequired", same),
            hooks=("hooks", self.hooks_of),
            resource_defs=("ownResources", lambda made: {k: resource_of(self.world, k, s) for k, s in made.items()}),
        )
        if "key" not in d:
            options["name"] = d["name"]
        return dg.asset(**options)(self.body(d, d["name"]))

    def multiAsset(self, d):
        options = only(
            d,
            outs=("outs", lambda outs: {name: out_of(out) for name, out in outs.items()}),
            specs=("specs", lambda specs: [spec_of(spec) for spec in specs]),
            ins=("ins", ins_of),
            deps=("deps", keys),
            can_subset=("canSubset", same),
            internal_asset_deps=("internalDeps", lambda made: {n: {key_of(k) for k in v} for n, v in made.items()}),
            config_schema=("config", config_of),
            required_resource_keys=("resources", set),
            group_name=("group", same),
            code_version=("codeVersion", same),
            retry_policy=("retry", retry_of),
            check_specs=("checkSpecs", lambda specs: [check_spec_of(s) for s in specs]),
            hooks=("hooks", self.hooks_of),
        )
        return dg.multi_asset(name=d["name"], **options)(self.body(d, d["name"], list(d.get("outs", {}))))

    def op(self, d):
        outs = d.get("outs", {})
        options = only(
            d,
            retry_policy=("retry", retry_of),
            required_resource_keys=("resources", set),
            config_schema=("config", config_of),
        )
        if d.get("dynamic"):
            options["out"] = dg.DynamicOut()
        elif outs:
            options["out"] = {
                name: dg.DynamicOut() if out.get("dynamic") else dg.Out(is_required=out.get("isRequired", True))
                for name, out in outs.items()
            }
        return dg.op(name=d["name"], **options)(
            body_function(self.world, d["name"], d.get("inputs", []), d.get("body", []), list(outs))
        )

    def compose(self, d):
        ops = {op["name"]: self.op(op) for op in d["ops"]}

        def run(local):
            known = dict(local)

            def read(text):
                name, _, out = text.partition(".")
                return getattr(known[name], out) if out else known[name]

            for line in d["compose"]:
                if "call" in line:
                    known[line["let"]] = ops[line["call"]](*[read(arg) for arg in line.get("args", [])])
                elif "map" in line:
                    known[line["let"]] = read(line["over"]).map(ops[line["map"]])
                elif "collect" in line:
                    known[line["let"]] = read(line["collect"]).collect()
            if isinstance(d["returns"], str):
                return read(d["returns"])
            return {name: read(text) for name, text in d["returns"].items()}

        namespace = {"run": run}
        exec(f"def {d['name']}({', '.join(d.get('inputs', []))}):\n    return run(dict(locals()))", namespace)
        return namespace[d["name"]]

    def graphAsset(self, d):
        options = only(
            d,
            ins=("ins", ins_of),
            key=("key", key_of),
            key_prefix=("keyPrefix", same),
            group_name=("group", same),
            description=("description", same),
            metadata=("metadata", metadata_of),
            tags=("tags", same),
            owners=("owners", same),
            kinds=("kinds", set),
            code_version=("codeVersion", same),
            hooks=("hooks", self.hooks_of),
        )
        if "key" not in d:
            options["name"] = d["name"]
        return dg.graph_asset(**options)(self.compose(d))

    def graphMultiAsset(self, d):
        options = only(
            d,
            outs=("outs", lambda outs: {name: out_of(out) for name, out in outs.items()}),
            ins=("ins", ins_of),
            group_name=("group", same),
            can_subset=("canSubset", same),
        )
        return dg.graph_multi_asset(name=d["name"], **options)(self.compose(d))

    def external(self, d):
        return spec_of(d)

    def sourceAsset(self, d):
        return dg.SourceAsset(**only(d, key=("key", key_of), group_name=("group", same), metadata=("metadata", metadata_of), io_manager_key=("ioManager", same), tags=("tags", same)))

    def observable(self, d):
        options = only(
            d, key=("key", key_of), group_name=("group", same), metadata=("metadata", metadata_of), required_resource_keys=("resources", set), tags=("tags", same)
        )
        if "key" not in d:
            options["name"] = d["name"]
        return dg.observable_source_asset(**options)(self.body(d, d["name"]))

    def multiObservable(self, d):
        options = only(
            d,
            specs=("specs", lambda specs: [spec_of(spec) for spec in specs]),
            can_subset=("canSubset", same),
            check_specs=("checkSpecs", lambda specs: [check_spec_of(s) for s in specs]),
            group_name=("group", same),
        )
        return dg.multi_observable_source_asset(name=d["name"], **options)(self.body(d, d["name"]))

    def check(self, d):
        options = only(
            d,
            asset=("asset", key_of),
            description=("description", same),
            blocking=("blocking", same),
            additional_deps=("additionalDeps", keys),
            additional_ins=("additionalIns", ins_of),
            required_resource_keys=("resources", set),
            retry_policy=("retry", retry_of),
            config_schema=("config", config_of),
            metadata=("metadata", metadata_of),
        )
        return dg.asset_check(name=d["name"], **options)(self.body(d, d["name"]))

    def multiCheck(self, d):
        options = only(
            d, specs=("specs", lambda specs: [check_spec_of(s) for s in specs]), can_subset=("canSubset", same)
        )
        return dg.multi_asset_check(name=d["name"], **options)(self.body(d, d["name"]))


def resources_of(world, described):
    """Resources by their keys; one that is nested in another stands before it."""
    made = {}
    for key, spec in described.items():
        made[key] = resource_of(world, key, spec, made)
    return made


def resource_of(world, key, spec, others=()):
    """A resource or an IO manager that notes what is asked of it."""
    fields = spec.get("fields", {})
    nested = {name: others[other] for name, other in spec.get("nested", {}).items()}
    namespace = {"__annotations__": {name: type(other) for name, other in nested.items()}, "__module__": __name__}
    for name, field in fields.items():
        namespace["__annotations__"][name] = TYPES[field["type"]]
        if "default" in field:
            namespace[name] = field["default"]

    def setup(self, _context):
        world.note(f"resource:{key}", "setup")
        if spec.get("failSetup"):
            raise CaseError(spec["failSetup"])

    def teardown(self, _context):
        world.note(f"resource:{key}", "teardown")
        if spec.get("failTeardown"):
            raise CaseError(spec["failTeardown"])

    if spec.get("lifecycle"):
        namespace["setup_for_execution"], namespace["teardown_after_execution"] = setup, teardown
    values = {
        name: dg.EnvVar(value["env"]) if isinstance(value, dict) else value for name, value in spec.get("values", {}).items()
    }
    values.update(nested)
    if spec["kind"] == "resource":
        made = type(f"Resource_{key}", (dg.ConfigurableResource,), namespace)
        return made.configure_at_launch(**values) if spec.get("atLaunch") else made(**values)

    store = world.stores.setdefault(key, {})

    def handle_output(self, context, value):
        name = context.asset_key.to_escaped_user_string() if context.has_asset_key else context.name
        world.note(f"io:{key}", f"handle {name}")
        if spec.get("failHandle"):
            raise CaseError(spec["failHandle"])
        if "metadata" in spec:
            context.add_output_metadata(metadata_of(spec["metadata"]))
        store[name] = value

    def load_input(self, context):
        name = context.asset_key.to_escaped_user_string() if context.has_asset_key else context.upstream_output.name
        world.note(f"io:{key}", f"load {name}")
        if spec.get("failLoad"):
            raise CaseError(spec["failLoad"])
        return store[name] if "gives" not in spec else spec["gives"]

    namespace["handle_output"], namespace["load_input"] = handle_output, load_input
    return type(f"Manager_{key}", (dg.ConfigurableIOManager,), namespace)(**values)
