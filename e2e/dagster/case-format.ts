// The form of the cases: definitions, bodies and runs in plain data, read by run_cases.py for the real Dagster and
// by make-definitions.ts for ours. Keys are user strings. Strict, so that a slip in a case is told.

import { z } from 'zod';

const json = z.json();
const keyedBy = <Schema extends z.ZodType>(schema: Schema) => z.record(z.string(), schema);
const strings = z.array(z.string());

/** A value of metadata: raw, or `{ "$": constructor, "value": argument }`. */
const metadata = keyedBy(json);

/** A literal, an array of expressions, or an object with one key that says what to take. */
export type Expression = z.infer<typeof json>;
const expression = json;

const condition = z.union([
  z.strictObject({ selected: z.string() }),
  z.strictObject({ selectedCheck: z.string() }),
  z.strictObject({ selectedOutput: z.string() }),
  z.strictObject({ tryBefore: z.number() }),
  z.strictObject({ inputIs: z.tuple([z.string(), json]) }),
]);
export type Condition = z.infer<typeof condition>;

const instruction = z.union([
  z.strictObject({ return: expression }),
  z.strictObject({ yield: expression }),
  z.strictObject({ raise: z.string() }),
  z.strictObject({ failTimes: z.number() }),
  z.strictObject({
    failure: z.strictObject({
      description: z.string().optional(),
      metadata: metadata.optional(),
      allowRetries: z.boolean().optional(),
    }),
  }),
  z.strictObject({
    retryRequested: z.strictObject({ maxRetries: z.number(), secondsToWait: z.number().optional() }),
  }),
  z.strictObject({ addMetadata: metadata, asset: z.string().optional() }),
  z.strictObject({ trace: z.string() }),
  z.strictObject({ traceValue: expression }),
  z.strictObject({
    when: condition,
    get do() {
      return program;
    },
  }),
]);
const program: z.ZodArray<typeof instruction> = z.array(instruction);
export type Program = z.infer<typeof program>;

const retry = z.strictObject({
  maxRetries: z.number().optional(),
  delay: z.number().optional(),
  backoff: z.enum(['LINEAR', 'EXPONENTIAL']).optional(),
  jitter: z.enum(['FULL', 'PLUS_MINUS']).optional(),
});
const fields = keyedBy(
  z.strictObject({ type: z.enum(['int', 'string', 'bool', 'float']), default: json.optional() }),
);
export type Fields = z.infer<typeof fields>;
const ins = keyedBy(
  z.strictObject({
    key: z.string().optional(),
    keyPrefix: strings.optional(),
    metadata: metadata.optional(),
    inputManagerKey: z.string().optional(),
  }),
);
export type Ins = z.infer<typeof ins>;
const checkSpec = z.strictObject({
  name: z.string(),
  asset: z.string(),
  description: z.string().optional(),
  blocking: z.boolean().optional(),
  additionalDeps: strings.optional(),
  metadata: metadata.optional(),
});
export type CheckSpecCase = z.infer<typeof checkSpec>;

const described = {
  description: z.string().optional(),
  metadata: metadata.optional(),
  tags: keyedBy(z.string()).optional(),
  owners: strings.optional(),
  kinds: strings.optional(),
  group: z.string().optional(),
  codeVersion: z.string().optional(),
};
const spec = z.strictObject({
  ...described,
  key: z.string(),
  deps: strings.optional(),
  skippable: z.boolean().optional(),
});
export type SpecCase = z.infer<typeof spec>;
const out = z.strictObject({
  ...described,
  key: z.string().optional(),
  keyPrefix: strings.optional(),
  isRequired: z.boolean().optional(),
  ioManager: z.string().optional(),
});
export type OutCase = z.infer<typeof out>;

const resource = z.strictObject({
  kind: z.enum(['resource', 'ioManager']),
  fields: fields.optional(),
  values: keyedBy(json).optional(),
  atLaunch: z.boolean().optional(),
  nested: keyedBy(z.string()).optional(),
  /** Has the two methods of its life, which note that they were called. */
  lifecycle: z.boolean().optional(),
  failSetup: z.string().optional(),
  failTeardown: z.string().optional(),
  /** What an IO manager adds to materializations. */
  metadata: metadata.optional(),
  failHandle: z.string().optional(),
  failLoad: z.string().optional(),
  /** What an IO manager loads, whatever was stored. */
  gives: json.optional(),
});
export type ResourceCase = z.infer<typeof resource>;

const coded = {
  name: z.string(),
  inputs: strings.optional(),
  body: program.optional(),
  resources: strings.optional(),
  config: fields.optional(),
  retry: retry.optional(),
};
const keyed = { key: z.string().optional(), keyPrefix: strings.optional() };
const op = z.strictObject({
  ...coded,
  outs: keyedBy(
    z.strictObject({ isRequired: z.boolean().optional(), dynamic: z.boolean().optional() }),
  ).optional(),
  dynamic: z.boolean().optional(),
});
export type OpCase = z.infer<typeof op>;
const composed = {
  name: z.string(),
  inputs: strings.optional(),
  ins: ins.optional(),
  ops: z.array(op),
  /** Straight-line calls; `x.y` is the output y of what x holds. */
  compose: z.array(
    z.union([
      z.strictObject({ let: z.string(), call: z.string(), args: strings.optional() }),
      z.strictObject({ let: z.string(), map: z.string(), over: z.string() }),
      z.strictObject({ let: z.string(), collect: z.string() }),
    ]),
  ),
};

const definition = z.discriminatedUnion('kind', [
  z.strictObject({
    ...described,
    ...coded,
    ...keyed,
    kind: z.literal('asset'),
    ins: ins.optional(),
    deps: strings.optional(),
    ioManager: z.string().optional(),
    checkSpecs: z.array(checkSpec).optional(),
    outputRequired: z.boolean().optional(),
    hooks: strings.optional(),
    ownResources: keyedBy(resource).optional(),
  }),
  z.strictObject({
    ...coded,
    kind: z.literal('multiAsset'),
    outs: keyedBy(out).optional(),
    specs: z.array(spec).optional(),
    ins: ins.optional(),
    deps: strings.optional(),
    canSubset: z.boolean().optional(),
    internalDeps: keyedBy(strings).optional(),
    group: z.string().optional(),
    codeVersion: z.string().optional(),
    checkSpecs: z.array(checkSpec).optional(),
    hooks: strings.optional(),
  }),
  z.strictObject({
    ...described,
    ...composed,
    ...keyed,
    kind: z.literal('graphAsset'),
    returns: z.string(),
    hooks: strings.optional(),
  }),
  z.strictObject({
    ...composed,
    kind: z.literal('graphMultiAsset'),
    outs: keyedBy(out),
    returns: keyedBy(z.string()),
    group: z.string().optional(),
    canSubset: z.boolean().optional(),
  }),
  spec.extend({ kind: z.literal('external'), name: z.string() }),
  z.strictObject({
    kind: z.literal('sourceAsset'),
    name: z.string(),
    key: z.string(),
    group: z.string().optional(),
    metadata: metadata.optional(),
    ioManager: z.string().optional(),
    tags: keyedBy(z.string()).optional(),
  }),
  z.strictObject({
    kind: z.literal('observable'),
    name: z.string(),
    key: z.string().optional(),
    body: program,
    group: z.string().optional(),
    metadata: metadata.optional(),
    resources: strings.optional(),
    tags: keyedBy(z.string()).optional(),
  }),
  z.strictObject({
    kind: z.literal('multiObservable'),
    name: z.string(),
    specs: z.array(spec),
    body: program,
    canSubset: z.boolean().optional(),
    checkSpecs: z.array(checkSpec).optional(),
    group: z.string().optional(),
  }),
  z.strictObject({
    ...coded,
    kind: z.literal('check'),
    asset: z.string(),
    description: z.string().optional(),
    blocking: z.boolean().optional(),
    additionalDeps: strings.optional(),
    additionalIns: ins.optional(),
    metadata: metadata.optional(),
  }),
  z.strictObject({
    kind: z.literal('multiCheck'),
    name: z.string(),
    specs: z.array(checkSpec),
    body: program,
    canSubset: z.boolean().optional(),
  }),
]);
export type DefinitionCase = z.infer<typeof definition>;
export type CaseOf<Kind extends DefinitionCase['kind']> = Extract<DefinitionCase, { kind: Kind }>;

const run = z.strictObject({
  selection: z.string().optional(),
  /** `asset:check` */
  checks: strings.optional(),
  checksFor: strings.optional(),
  withoutChecks: strings.optional(),
  /** Names of definitions to observe. */
  observe: strings.optional(),
  config: z
    .strictObject({ assets: keyedBy(json).optional(), resources: keyedBy(json).optional() })
    .optional(),
  tags: keyedBy(z.string()).optional(),
  /** What is otherwise in the definitions of this run, by name. */
  change: keyedBy(keyedBy(json)).optional(),
  without: strings.optional(),
  /** Ask afterwards what is stale. */
  stale: z.boolean().optional(),
  /** Ask only that, and run nothing. */
  only: z.literal('stale').optional(),
});
export type RunCase = z.infer<typeof run>;

const ours = z.strictObject({
  /** Why ours does otherwise: what api.md or the design says. */
  because: z.string(),
  /** Per run, what stands in the place of Dagster's outcome. */
  runs: z.array(keyedBy(json)).optional(),
  /** Parts of the outcome that are not compared. */
  without: strings.optional(),
});

const definitions = z.array(definition);
const caseSchema = z.strictObject({
  /** A fact, in the present tense. */
  name: z.string(),
  /** Or the name of definitions that several cases of the file share. */
  definitions: z.union([definitions, z.string()]),
  runs: z.array(run).optional(),
  resources: keyedBy(resource).optional(),
  hooks: keyedBy(
    z.strictObject({ on: z.enum(['success', 'failure']), raise: z.string().optional() }),
  ).optional(),
  env: keyedBy(z.string()).optional(),
  mergeWith: z.strictObject({ definitions, resources: keyedBy(resource).optional() }).optional(),
  /** Patterns that the words of a refusal match, theirs and ours. */
  says: strings.optional(),
  /** The parts of an outcome that the vectors keep. */
  keep: strings.optional(),
  ours: ours.optional(),
  /** What is not yet as it should be here: the case must fail until then. */
  open: z.string().optional(),
});
const caseFile = z.union([
  z.array(caseSchema),
  z.strictObject({ shared: keyedBy(definitions), cases: z.array(caseSchema) }),
]);

/** One case, with its own definitions in place. */
export type Case = Omit<z.infer<typeof caseSchema>, 'definitions'> & {
  readonly definitions: readonly DefinitionCase[];
};

/** The cases of a file's text. Throws where it is not of the form. */
export function parseCases(text: string): readonly Case[] {
  const file = caseFile.parse(JSON.parse(text));
  const [cases, shared] = Array.isArray(file) ? [file, {}] : [file.cases, file.shared];
  return cases.map((item) => ({
    ...item,
    definitions: typeof item.definitions === 'string' ? shared[item.definitions]! : item.definitions,
  }));
}

/** The definitions of one run: those of the case with the run's changes. */
export function definitionsOf(item: Case, run: RunCase): readonly DefinitionCase[] {
  return item.definitions
    .filter(({ name }) => !run.without?.includes(name))
    .map((each) => definition.parse({ ...each, ...run.change?.[each.name] }));
}
