// `run-step.mjs`, `pipes.mjs` and `json-values.mjs` of an exported project: one step of Dagster in Node. The same for
// every project.

/** The protocol of Dagster Pipes, version 0.1, as far as it is used here. */
export const pipesModule = `// Dagster Pipes: what Dagster says of a step is read, and what happens is written, one JSON object a line.

import { appendFileSync, readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

const parameters = (name) => {
  const text = process.env[name];
  if (text === undefined) throw new Error(\`\${name} is not set: this file is started by Dagster.\`);
  return JSON.parse(inflateSync(Buffer.from(text, 'base64')).toString('utf8'));
};

export function openPipes() {
  const { path, data } = parameters('DAGSTER_PIPES_CONTEXT');
  const messages = parameters('DAGSTER_PIPES_MESSAGES');
  const context = data ?? JSON.parse(readFileSync(path, 'utf8'));
  const send = (method, params) => {
    const line = \`\${JSON.stringify({ __dagster_pipes_version: '0.1', method, params })}\\n\`;
    if (messages.path !== undefined) appendFileSync(messages.path, line);
    else if (messages.stdio === 'stderr') process.stderr.write(line);
    else process.stdout.write(line);
  };
  send('opened', { extras: {} });
  return {
    context,
    log: (level, message) => send('log', { message, level }),
    reportMaterialization: (assetKey, metadata, dataVersion) =>
      send('report_asset_materialization', {
        asset_key: assetKey,
        metadata: metadataOf(metadata),
        data_version: dataVersion ?? null,
      }),
    reportCheck: ({ assetKey, checkName, passed, severity, metadata }) =>
      send('report_asset_check', {
        asset_key: assetKey,
        check_name: checkName,
        passed,
        severity,
        metadata: metadataOf(metadata),
      }),
    reportCustom: (payload) => send('report_custom_message', { payload }),
    close: (exception) => send('closed', exception === undefined ? {} : { exception }),
  };
}

const names = { dagsterRun: 'dagster_run', tableSchema: 'table_schema', columnLineage: 'table_column_lineage' };
const same = new Set('text url path notebook json md float int bool asset null timestamp'.split(' '));

/** Metadata in the words of Pipes; what it has no word for travels as JSON. */
export function metadataOf(entries = {}) {
  return Object.fromEntries(Object.entries(entries).map(([label, entry]) => [label, entryOf(entry)]));
}

function entryOf({ type, value }) {
  if (same.has(type)) return { type, raw_value: value };
  if (type === 'dagsterRun') return { type: names[type], raw_value: value };
  if (type === 'job') return { type: 'text', raw_value: value };
  if (type === 'tableSchema') return { type: names[type], raw_value: { columns: columnsOf(value) } };
  if (type === 'table') {
    const schema = value.schema ? columnsOf(value.schema) : guessedColumns(value.records);
    return { type, raw_value: { records: value.records, schema } };
  }
  if (type === 'columnLineage') {
    const deps = Object.entries(value.depsByColumn).map(([column, from]) => [
      column,
      from.map(({ assetKey, columnName }) => ({ asset_key: assetKey, column_name: columnName })),
    ]);
    return { type: names[type], raw_value: { deps_by_column: Object.fromEntries(deps) } };
  }
  return { type: 'json', raw_value: value };
}

const columnsOf = (schema) =>
  (Array.isArray(schema) ? schema : (schema.columns ?? [])).map((column) => ({
    ...column,
    type: column.type ?? 'string',
  }));

function guessedColumns(records) {
  const types = new Map();
  for (const record of records)
    for (const [name, cell] of Object.entries(record)) {
      const type =
        cell === null
          ? undefined
          : typeof cell === 'number'
            ? Number.isInteger(cell)
              ? 'int'
              : 'float'
            : typeof cell === 'boolean'
              ? 'bool'
              : 'string';
      if (type !== undefined && types.get(name) !== 'string') types.set(name, type);
      else if (!types.has(name)) types.set(name, 'string');
    }
  return [...types].map(([name, type]) => ({ name, type }));
}
`;

/** Values as JSON, with what JSON has no form for under the one field "$headwater". */
export const jsonValuesModule = `// Values as JSON. What JSON has no form for stands as { "$headwater": kind, "value": … }.

const field = '$headwater';
const tagged = (kind, value) => ({ [field]: kind, value });

export const writeJson = (value) => JSON.stringify(encode(value, new Set()));
export const readJson = (text) => decode(JSON.parse(text));

function encode(value, above) {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? value : tagged('number', Object.is(value, -0) ? '-0' : String(value));
    case 'bigint':
      return tagged('bigint', String(value));
    case 'undefined':
      return tagged('undefined');
    case 'object':
      break;
    default:
      throw new TypeError(\`A \${typeof value} cannot be kept as a value.\`);
  }
  if (value === null) return null;
  if (above.has(value)) throw new TypeError('A value that holds itself cannot be kept as JSON.');
  above.add(value);
  const encoded = encodeObject(value, (item) => encode(item, above));
  above.delete(value);
  return encoded;
}

function encodeObject(value, inner) {
  if (Array.isArray(value)) return Array.from(value, inner);
  if (value instanceof Date) return tagged('date', Number.isNaN(value.getTime()) ? null : value.toISOString());
  if (value instanceof Map) return tagged('map', [...value].map(([key, item]) => [inner(key), inner(item)]));
  if (value instanceof Set) return tagged('set', [...value].map(inner));
  if (value instanceof RegExp) return tagged('regexp', [value.source, value.flags]);
  if (value instanceof ArrayBuffer) return tagged('buffer', Buffer.from(value).toString('base64'));
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
    return tagged('view', [views.find((kind) => value instanceof globalThis[kind]), bytes]);
  }
  if (value instanceof Error) return tagged('error', [value.name, value.message]);
  const plain = Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inner(item)]));
  return Object.hasOwn(plain, field) ? tagged('object', Object.entries(plain)) : plain;
}

const views =
  'Uint8Array Int8Array Uint8ClampedArray Uint16Array Int16Array Uint32Array Int32Array Float32Array Float64Array BigInt64Array BigUint64Array DataView'.split(
    ' ',
  );

function decode(value) {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(decode);
  if (Object.hasOwn(value, field)) return decodeTagged(value[field], value.value);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, decode(item)]));
}

function decodeTagged(kind, value) {
  switch (kind) {
    case 'number':
      return Number(value);
    case 'bigint':
      return BigInt(value);
    case 'undefined':
      return undefined;
    case 'date':
      return new Date(value ?? Number.NaN);
    case 'map':
      return new Map(value.map(([key, item]) => [decode(key), decode(item)]));
    case 'set':
      return new Set(value.map(decode));
    case 'regexp':
      return new RegExp(...value);
    case 'buffer':
      return Uint8Array.from(Buffer.from(value, 'base64')).buffer;
    case 'view': {
      const [name, bytes] = value;
      return new globalThis[name](Uint8Array.from(Buffer.from(bytes, 'base64')).buffer);
    }
    case 'error':
      return Object.assign(new Error(value[1]), { name: value[0] });
    case 'object':
      return Object.fromEntries(value.map(([name, item]) => [name, decode(item)]));
    default:
      throw new TypeError(\`“\${kind}” is no kind of value.\`);
  }
}
`;
