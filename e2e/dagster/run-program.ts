// Bodies of the cases: small programs in plain data, run against our contexts and results. The counterpart of
// case_programs.py.

import {
  AssetCheckResult,
  type AssetContext,
  AssetKey,
  AssetMaterialization,
  AssetObservation,
  DataVersion,
  DynamicOutput,
  Failure,
  MaterializeResult,
  MetadataValue,
  ObserveResult,
  Output,
  type RawMetadata,
  type RawMetadataValue,
  RetryRequested,
} from 'headwater';
import type { Condition, Expression, Program } from './case-format.ts';

/** What the programs of one run leave behind, by who left it. */
export class World {
  readonly trace: Record<string, unknown[]> = {};

  note(who: string, what: unknown): void {
    this.trace[who] ??= [];
    this.trace[who].push(what);
  }
}

/** What a body of a case throws of its own accord. */
export class CaseError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CaseError';
  }
}

/** What one call of a body sees. */
interface Scope {
  readonly world: World;
  readonly who: string;
  readonly context: AssetContext;
  readonly inputs: Readonly<Record<string, unknown>>;
}

type Data = Readonly<Record<string, Expression>>;
const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const asData = (value: Expression | undefined): Data => {
  if (!isData(value)) throw new TypeError(`A case has ${JSON.stringify(value)} where an object must stand.`);
  return value;
};
const asText = (value: Expression | undefined): string => {
  if (typeof value !== 'string') throw new TypeError(`A case has ${JSON.stringify(value)} for a text.`);
  return value;
};

/** The metadata that a case writes. */
export const metadataOf = (raw: Readonly<Record<string, Expression>>): RawMetadata =>
  Object.fromEntries(Object.entries(raw).map(([label, value]) => [label, metadataValue(value)]));

function metadataValue(value: Expression): RawMetadataValue {
  if (!isData(value) || !('$' in value)) return value;
  const { $, value: given } = value;
  const text = () => asText(given);
  const number = () => Number(given);
  const made: Record<string, () => RawMetadataValue> = {
    assetKey: () => AssetKey.fromUserString(text()),
    instant: () => new Date(number() * 1000),
    // Data of a kind that no metadata holds.
    unsupported: () => new Map() as unknown as RawMetadataValue,
    text: () => MetadataValue.text(text()),
    url: () => MetadataValue.url(text()),
    path: () => MetadataValue.path(text()),
    notebook: () => MetadataValue.notebook(text()),
    json: () => MetadataValue.json(given),
    md: () => MetadataValue.md(text()),
    float: () => MetadataValue.float(number()),
    int: () => MetadataValue.int(number()),
    bool: () => MetadataValue.bool(given === true),
    timestamp: () => MetadataValue.timestamp(number()),
    dagsterRun: () => MetadataValue.dagsterRun(text()),
    job: () => MetadataValue.job(text()),
    asset: () => MetadataValue.asset(text()),
    null: () => MetadataValue.null(),
    tableSchema: () => MetadataValue.tableSchema({ columns: columnsOf(given) }),
    table: () =>
      MetadataValue.table({
        records: (asData(given).records as readonly Data[]) ?? [],
        schema: { columns: columnsOf(asData(given).schema) },
      }),
    columnLineage: () =>
      MetadataValue.columnLineage({
        depsByColumn: Object.fromEntries(
          Object.entries(asData(given)).map(([column, deps]) => [
            column,
            (deps as readonly Data[]).map((dep) => ({
              assetKey: asText(dep.assetKey),
              columnName: asText(dep.column),
            })),
          ]),
        ),
      }),
  };
  const make = made[asText($)];
  if (!make) throw new TypeError(`There is no metadata constructor “${asText($)}”.`);
  return make();
}

const columnsOf = (columns: Expression | undefined) =>
  (columns as unknown as readonly [string, string][]).map(([name, type]) => ({ name, type }));

/** An object without the fields that are undefined. */
export function given<Fields extends object>(fields: Fields): Given<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Given<Fields>;
}
export type Given<Fields> = {
  [Name in keyof Fields as undefined extends Fields[Name] ? never : Name]: Fields[Name];
} & {
  [Name in keyof Fields as undefined extends Fields[Name] ? Name : never]?: Exclude<Fields[Name], undefined>;
};

function evaluate(expr: Expression, scope: Scope): unknown {
  if (Array.isArray(expr)) return expr.map((item) => evaluate(item, scope));
  if (!isData(expr)) return expr;
  const [form, arg] = Object.entries(expr)[0]!;
  const make = expressions[form];
  if (!make) throw new TypeError(`There is no expression “${form}”.`);
  return make(arg, scope);
}

/** The fields that results have in common. */
const shared = (arg: Data) =>
  given({
    metadata: arg.metadata === undefined ? undefined : metadataOf(asData(arg.metadata)),
    tags: arg.tags as Readonly<Record<string, string>> | undefined,
  });
const keyOf = (arg: Data) =>
  given({ assetKey: arg.assetKey === undefined ? undefined : asText(arg.assetKey) });
const versionOf = (arg: Data) =>
  given({
    dataVersion: arg.dataVersion === undefined ? undefined : new DataVersion(asText(arg.dataVersion)),
  });
const givenValue = (arg: Data, scope: Scope) =>
  'value' in arg ? { value: evaluate(arg.value!, scope) } : {};
const checksOf = (arg: Data) =>
  given({ checkResults: (arg.checkResults as readonly Data[] | undefined)?.map(checkResult) });

function checkResult(arg: Data): AssetCheckResult {
  const { tags: _none, ...rest } = shared(arg);
  return new AssetCheckResult({
    passed: arg.passed === true,
    ...rest,
    ...keyOf(arg),
    ...given({
      checkName: arg.checkName as string | undefined,
      severity: arg.severity as 'WARN' | 'ERROR' | undefined,
      description: arg.description as string | undefined,
    }),
  });
}

const eventOf = (arg: Data) => ({
  assetKey: asText(arg.assetKey),
  ...shared(arg),
  ...given({ description: arg.description as string | undefined }),
});

const expressions: Readonly<Record<string, (arg: Expression, scope: Scope) => unknown>> = {
  json: (arg) => arg,
  input: (arg, scope) => scope.inputs[asText(arg)],
  sum: (arg, scope) =>
    (arg as readonly Expression[])
      .flatMap((item) => evaluate(item, scope) as number | number[])
      .reduce((total, value) => total + value, 0),
  config: (arg, scope) => (scope.context.config as Record<string, unknown>)[asText(arg)],
  resource: (arg, scope) =>
    (arg as readonly string[]).reduce<unknown>((value, name) => {
      const found: unknown = Reflect.get(Object(value), name);
      if (value === scope.context.resources && found === undefined)
        throw new TypeError(`There is no resource “${name}”.`);
      return found;
    }, scope.context.resources),
  retryNumber: (_arg, scope) => scope.context.retryNumber,
  selectedKeys: (_arg, scope) => [...scope.context.selectedAssetKeys].sort(),
  runTag: (arg, scope) => scope.context.runTags[asText(arg)],
  provenance(arg, scope) {
    const found = scope.context.getAssetProvenance(asText(arg));
    if (!found) return null;
    const { codeVersion, inputDataVersions, isUserProvided } = found;
    return { codeVersion, inputDataVersions, isUserProvided };
  },
  outs: (arg, scope) =>
    Object.fromEntries(Object.entries(asData(arg)).map(([name, expr]) => [name, evaluate(expr, scope)])),
  output(arg, scope) {
    const data = asData(arg);
    return new Output(evaluate(data.value ?? null, scope), {
      ...shared(data),
      ...versionOf(data),
      ...given({ outputName: data.name as string | undefined }),
    });
  },
  dynamicOutput: (arg, scope) =>
    new DynamicOutput(evaluate(asData(arg).value ?? null, scope), {
      mappingKey: asText(asData(arg).mappingKey),
    }),
  materializeResult(arg, scope) {
    const data = asData(arg);
    return new MaterializeResult({
      ...keyOf(data),
      ...givenValue(data, scope),
      ...shared(data),
      ...versionOf(data),
      ...checksOf(data),
    });
  },
  observeResult(arg) {
    const data = asData(arg);
    return new ObserveResult({ ...keyOf(data), ...shared(data), ...versionOf(data), ...checksOf(data) });
  },
  checkResult: (arg) => checkResult(asData(arg)),
  materialization: (arg) => new AssetMaterialization(eventOf(asData(arg))),
  observation: (arg) => new AssetObservation(eventOf(asData(arg))),
  dataVersion: (arg) => new DataVersion(asText(arg)),
};

function holds(condition: Condition, { context, inputs }: Scope): boolean {
  if ('selected' in condition) return context.selectedAssetKeys.has(condition.selected);
  if ('selectedCheck' in condition) return context.selectedAssetCheckKeys.has(condition.selectedCheck);
  if ('selectedOutput' in condition) return context.selectedOutputNames.has(condition.selectedOutput);
  if ('tryBefore' in condition) return context.retryNumber < condition.tryBefore;
  const [name, value] = condition.inputIs;
  return inputs[name] === value;
}

interface Returned {
  readonly value: unknown;
}

function* runProgram(program: Program, scope: Scope): Generator<unknown, Returned | undefined> {
  for (const instruction of program) {
    if ('return' in instruction) return { value: evaluate(instruction.return, scope) };
    if ('yield' in instruction) yield evaluate(instruction.yield, scope);
    else if ('raise' in instruction) throw new CaseError(instruction.raise);
    else if ('failTimes' in instruction) {
      const { retryNumber } = scope.context;
      if (retryNumber < instruction.failTimes) throw new CaseError(`attempt ${retryNumber}`);
    } else if ('failure' in instruction) {
      const { metadata, ...rest } = instruction.failure;
      throw new Failure({ ...given(rest), ...(metadata && { metadata: metadataOf(metadata) }) });
    } else if ('retryRequested' in instruction) throw new RetryRequested(given(instruction.retryRequested));
    else if ('addMetadata' in instruction)
      scope.context.addMetadata(
        metadataOf(instruction.addMetadata),
        instruction.asset === undefined ? {} : { assetKey: instruction.asset },
      );
    else if ('trace' in instruction) scope.world.note(scope.who, instruction.trace);
    else if ('traceValue' in instruction)
      scope.world.note(scope.who, evaluate(instruction.traceValue, scope));
    else if (holds(instruction.when, scope)) {
      const returned = yield* runProgram(instruction.do, scope);
      if (returned) return returned;
    }
  }
  return undefined;
}

const yields = (program: Program): boolean =>
  program.some((instruction) => 'yield' in instruction || ('when' in instruction && yields(instruction.do)));

/**
 * A function of that name over the program: a generator where it yields. Its text names the inputs, as authors
 * write them: destructured in the bodies of assets, by position in those of ops.
 */
export function bodyFunction(
  world: World,
  name: string,
  inputs: readonly string[],
  program: Program,
  form: 'destructured' | 'positional',
): (...args: unknown[]) => unknown {
  const run = (named: Record<string, unknown>, context: AssetContext) =>
    runProgram(program, { world, who: name, context, inputs: named });
  const through = (generator: Generator<unknown, Returned | undefined>): unknown => {
    const step = generator.next();
    return step.done ? step.value?.value : undefined;
  };
  const list = inputs.join(', ');
  const parameters =
    form === 'positional'
      ? [...inputs, 'context'].join(', ')
      : `${inputs.length === 0 ? '_inputs' : `{ ${list} }`}, context`;
  const source = yields(program)
    ? `return function* ${name}(${parameters}) { yield* run({ ${list} }, context); }`
    : `return function ${name}(${parameters}) { return through(run({ ${list} }, context)); }`;
  return new Function('run', 'through', source)(run, through) as (...args: unknown[]) => unknown;
}
