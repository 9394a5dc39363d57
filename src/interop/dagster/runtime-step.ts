// The text of `run-step.mjs`: what Node does for one step of Dagster.

export const stepModule = `// One step of Dagster: its body runs here as it does in Headwater, on the values that Dagster loaded.

import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  Definitions,
  DynamicOutput,
  Instance,
  MaterializeResult,
  Output,
  RetryRequested,
  asset,
  materialize,
  observe,
} from 'headwater';
import { readJson, writeJson } from './json-values.mjs';
import { metadataOf, openPipes } from './pipes.mjs';
import { arrowToRows, isArrow, rowsToArrow } from './vendor/headwater/arrow.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const pipes = openPipes();
const { extras, run_id: runId, retry_number: retryNumber } = pipes.context;
let written = 0;
let thrown;

async function runDefinition() {
  const definitions = await load();
  const own =
    extras.check === null
      ? definitions.assets.find((item) => item.keys?.some((key) => key.toString() === extras.asset))
      : definitions.assetChecks.find(isOwnCheck);
  if (own === undefined) throw new Error(\`There is no definition of “\${extras.asset ?? extras.check}”.\`);
  const body = extras.check === null ? own.record.body : own.body;
  if (body !== undefined) adopt(body);
  const stubs = stubsOf(Object.values(extras.inputs));
  const checked = extras.check === null ? [] : own.specs.map(({ assetKey }) => assetKey.toString());
  // A checked asset whose value the check does not read has to be there all the same.
  for (const key of checked)
    if (!stubs.has(key)) stubs.set(key, asset({ key }, () => new MaterializeResult()));
  const keys = [...stubs.keys(), ...extras.selected];
  const isObserved = own.record?.kind === 'observable' || own.record?.kind === 'multi-observable';
  const instance = Instance.ephemeral();
  const managed = new Set(own.record?.outputs?.flatMap(managedKey) ?? []);
  const made = [];
  let isBlocked = false;
  const report = async ({ event, hasValue, value }) => {
    if (event.type === 'ASSET_CHECK_EVALUATION') {
      pipes.reportCheck(event);
      isBlocked ||= event.blocking && !event.passed && event.severity === 'ERROR';
    } else if (!isOwnEvent(own, event, isObserved)) reportEvent(event);
    else if (hasValue && managed.has(event.assetKey))
      reportMade(event, true, await loadManaged(definitions, event.assetKey, instance));
    else reportMade(event, hasValue, value);
  };
  const run = isObserved ? observe : materialize;
  const result = await run([...stubs.values(), own], {
    resources: resourcesOf(definitions),
    raiseOnError: false,
    instance,
    tags: extras.runTags,
    onMade(item) {
      const { assetKey, checkName } = item.event;
      if (stubs.has(assetKey) && checkName === undefined) return;
      // What an IO manager keeps can be read back when the run is over, and Dagster wants all in its order.
      if (managed.size === 0) return report(item);
      made.push(item);
    },
    ...(isObserved || extras.check !== null ? {} : { selection: [...new Set(keys)] }),
  });
  if (own.record?.kind === 'file') made.push(...fileMade(own, result));
  for (const item of made) await report(item);
  const failed = result.allEvents.find(({ type }) => type === 'STEP_FAILURE' || type === 'RUN_FAILURE');
  if (failed === undefined) return undefined;
  if (thrown !== undefined) return thrown.error;
  // Dagster itself stops what a failed check blocks.
  if (isBlocked) return undefined;
  const { name = 'Error', message = 'The step failed.' } = failed.error ?? {};
  return Object.assign(new Error(message), { name, stack: '' });
}

/** A file has no body that tells of it. */
const fileMade = (own, result) =>
  result
    .getAssetMaterializationEvents()
    .filter(({ assetKey }) => own.keys.some((key) => key.toString() === assetKey))
    .map((event) => ({ event, hasValue: true, value: result.assetValue(event.assetKey) }));

/** Is it what the step is for, and not something that its body says of another asset? */
const isOwnEvent = ({ keys = [] }, { type, assetKey }, isObserved) =>
  keys.some((key) => key.toString() === assetKey) && (type === 'ASSET_OBSERVATION') === isObserved;

const reportEvent = ({ type, assetKey, metadata, tags = {}, description }) =>
  pipes.reportCustom({
    event: {
      isObservation: type === 'ASSET_OBSERVATION',
      key: assetKey,
      metadata: metadataOf(metadata),
      tags: ownTags(tags),
      description: description ?? null,
    },
  });

const isOwnCheck = ({ specs, checkName }) =>
  extras.asset === null
    ? checkName === extras.check
    : specs.length === 1 && specs[0].name === extras.checks[0][1] && specs[0].assetKey.toString() === extras.asset;

const managedKey = ({ spec, ioManagerKey }) =>
  ioManagerKey === undefined || ioManagerKey === 'browser' || ioManagerKey === 'memory' ? [] : [spec.key.toString()];

async function load() {
  const { default: definitions } = await import('./definitions.ts');
  return definitions;
}

/** Assets that give the values which Dagster loaded, in place of those that made them. */
function stubsOf(inputs) {
  const stubs = new Map();
  for (const { key, path } of inputs)
    if (!stubs.has(key)) {
      const value = readValue(path);
      stubs.set(key, asset({ key }, () => new MaterializeResult({ value })));
    }
  return stubs;
}

/** The project's resources with the config that Dagster has for them. */
function resourcesOf(definitions) {
  return Object.fromEntries(
    Object.entries(definitions.resources).map(([key, resource]) => [
      key,
      Object.hasOwn(extras.resources, key) ? new resource.constructor(extras.resources[key]) : resource,
    ]),
  );
}

/** Makes a body log to Dagster, know its try and Dagster's config, and leave retries and time limits to Dagster. */
function adopt(body) {
  const { run, options } = body;
  const { retryPolicy: _, timeoutSeconds: __, config: schema, ...rest } = options;
  body.options = rest;
  body.run = (inputs, context) =>
    watched(() => {
      const config = schema === undefined ? (extras.config ?? undefined) : schema.parse(extras.config ?? {});
      return run(inputs, contextOf(context, { config }));
    });
}

function watched(call) {
  const keep = (error) => {
    thrown = { error };
    throw error;
  };
  try {
    const result = call();
    if (result instanceof Promise) return result.catch(keep);
    if (!isGenerator(result)) return result;
    return (async function* () {
      try {
        return yield* result;
      } catch (error) {
        return keep(error);
      }
    })();
  } catch (error) {
    return keep(error);
  }
}

const isGenerator = (value) => /^\\[object (Async)?Generator\\]$/.test(Object.prototype.toString.call(value));

function contextOf(context, more) {
  const line = (level) => (...message) => pipes.log(level, message.map(textOf).join(' '));
  const log = { debug: line('DEBUG'), info: line('INFO'), warn: line('WARNING'), error: line('ERROR') };
  const progress = (fraction, message) => {
    context.progress(fraction, message);
    pipes.reportCustom({ progress: { fraction, message: message ?? null } });
  };
  const own = { log, progress, runId, retryNumber, ...more };
  return new Proxy(context, {
    get: (target, name) => (Object.hasOwn(own, name) ? own[name] : Reflect.get(target, name, target)),
  });
}

const textOf = (value) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value)));

/** The value as its IO manager gives it back, which need not be what it was given. */
const loadManaged = (definitions, assetKey, instance) =>
  new Definitions({ assets: definitions.assets, resources: resourcesOf(definitions) }).loadAssetValue(assetKey, {
    instance,
  });

function reportMade({ assetKey, metadata, tags = {} }, hasValue, value) {
  // Before its materialization: that is what Dagster looks for.
  if (hasValue)
    pipes.reportCustom({ value: { key: assetKey, path: writeValue(value), tags: ownTags(tags) } });
  pipes.reportMaterialization(assetKey, metadata, tags['dagster/data_version']);
}

const ownTags = (tags) =>
  Object.fromEntries(Object.entries(tags).filter(([name]) => !name.startsWith('dagster/')));

function readValue(path) {
  const bytes = readFileSync(path);
  return isArrow(bytes) ? arrowToRows(bytes) : readJson(bytes.toString('utf8'));
}

function writeValue(value) {
  written += 1;
  const path = join(extras.folder, \`output-\${written}\`);
  writeFileSync(path, (extras.arrow ? rowsToArrow(value) : undefined) ?? writeJson(value));
  return path;
}

async function runOp() {
  const definitions = await load();
  const { default: body } = await import(\`./\${extras.op}\`);
  const args = extras.args.map((arg) =>
    Array.isArray(arg) ? arg.map(readValue) : readValue(arg),
  );
  const keys = Object.keys(extras.resources);
  const step = asset({ key: 'op', requiredResourceKeys: keys }, async ({}, context) => {
    const own = contextOf(context, { config: extras.config ?? undefined });
    for await (const made of madeBy(await watched(() => body(...args, own)))) await reportOutput(made);
    return new MaterializeResult();
  });
  const result = await materialize([step], { resources: resourcesOf(definitions), raiseOnError: false });
  const failed = result.allEvents.find(({ type }) => type === 'STEP_FAILURE' || type === 'RUN_FAILURE');
  if (failed === undefined) return undefined;
  return thrown?.error ?? Object.assign(new Error(failed.error?.message ?? 'The op failed.'), { stack: '' });
}

/** What an op gives, as Outputs and DynamicOutputs. */
async function* madeBy(returned) {
  if (isGenerator(returned)) {
    yield* returned;
    return;
  }
  const isEvent = (value) => value instanceof Output || value instanceof DynamicOutput;
  if (isEvent(returned)) yield returned;
  else if (Array.isArray(returned) && returned.length > 0 && returned.every(isEvent)) yield* returned;
  else if (extras.outputs.length === 1) {
    if (!extras.outputs[0].isDynamic) yield new Output(returned, { outputName: extras.outputs[0].name });
    else if (!Array.isArray(returned) || returned.length > 0)
      throw new TypeError('A dynamic output is an array of DynamicOutputs, or yielded.');
  } else
    for (const [i, { name }] of extras.outputs.entries()) {
      const value = Array.isArray(returned) ? returned[i] : returned?.[name];
      if (Array.isArray(value) && value.length > 0 && value.every(isEvent)) yield* value;
      else if (value instanceof Output) yield new Output(value.value, { ...value, outputName: name });
      else if (value !== undefined) yield new Output(value, { outputName: name });
    }
}

async function reportOutput(made) {
  const [only] = extras.outputs;
  const output =
    made.outputName === 'result' && extras.outputs.length === 1 ? only.name : made.outputName;
  if (!extras.outputs.some(({ name }) => name === output))
    throw new TypeError(\`The op has no output “\${output}”.\`);
  const { metadata = {}, tags = {} } = await factsOf(made);
  pipes.reportCustom({
    value: {
      key: null,
      output,
      mappingKey: made.mappingKey ?? null,
      path: writeValue(made.value),
      metadata: metadataOf(metadata),
      dataVersion: tags['dagster/data_version'] ?? null,
    },
  });
}

/** The metadata and the data version that a materialization of the value has. */
async function factsOf({ value, metadata, dataVersion }) {
  const made = asset(
    { key: 'value' },
    () =>
      new MaterializeResult({
        value,
        ...(metadata === undefined ? {} : { metadata }),
        ...(dataVersion === undefined ? {} : { dataVersion }),
      }),
  );
  const [event] = (await materialize([made])).getAssetMaterializationEvents();
  return event;
}

function fail(error) {
  const name = error?.name ?? 'Error';
  const message = error instanceof Error ? error.message : String(error);
  const frames = framesOf(error);
  const text = [\`\${name}: \${message}\`, ...frames, ...causesOf(error)].join('\\n');
  pipes.reportCustom({
    error: {
      text,
      place: frames[0]?.match(/\\(?([^()\\s]+:\\d+:\\d+)\\)?$/)?.[1] ?? null,
      allowRetries: error?.allowRetries !== false,
      retry:
        error instanceof RetryRequested
          ? { maxRetries: error.maxRetries, secondsToWait: error.secondsToWait }
          : null,
    },
  });
  pipes.close({ message, name, stack: frames, cause: null, context: null });
  process.exitCode = 1;
}

/** The lines of the stack that are about the project's own files. */
function framesOf(error) {
  return String(error?.stack ?? '')
    .split('\\n')
    .filter((line) => /^\\s*at .*\\.ts:\\d+:\\d+\\)?$/.test(line))
    .map((line) =>
      line.replace(/file:\\/\\/[^\\s()]+?(?=:\\d+:\\d+)/, (url) => relative(here, fileURLToPath(url))),
    );
}

function causesOf(error) {
  const cause = error?.cause;
  if (cause === undefined || cause === null) return [];
  return [\`Caused by \${cause.name ?? 'Error'}: \${cause.message ?? String(cause)}\`, ...framesOf(cause)];
}

try {
  const failure = await (extras.op === undefined ? runDefinition() : runOp());
  if (failure === undefined) pipes.close();
  else fail(failure);
} catch (error) {
  fail(error);
}
`;
