// The file format of a project as a Zod schema: the gate for everything that comes from outside.
// Apart from the functions that need no schema, because Zod is large.

import { z } from 'zod';
import { assetKeyProblem } from './asset-key.ts';
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, type Json } from './document.ts';

// The page forbids code made from text, which Zod would otherwise try.
z.config({ jitless: true });

const maxBody = 1_000_000;
/** Far more than anyone types; what is longer is no name. */
const maxName = 10_000;

const key = z
  .string()
  .max(maxName)
  .superRefine((text, context) => {
    const problem = assetKeyProblem(text);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  });
const id = z.string().regex(/^[\w-]{1,64}$/, 'an id has 1 to 64 letters, digits, “_” or “-”');
const point = z.strictObject({ x: z.number(), y: z.number() });
const json: z.ZodType<Json> = z.json();
/** A text as one string or as its lines; files hold lines, so that changes read well in git. */
const text = z.union([z.string().max(maxBody), z.array(z.string().max(maxBody)).max(200_000)]);
const retryPolicy = z.strictObject({
  maxRetries: z.int().min(0).max(1_000),
  delay: z.number().min(0).optional(),
  backoff: z.enum(['LINEAR', 'EXPONENTIAL']).optional(),
  jitter: z.enum(['FULL', 'PLUS_MINUS']).optional(),
});

const checkSpec = z.strictObject({
  name: z.string().min(1).max(maxName),
  asset: key.optional(),
  description: z.string().max(100_000).optional(),
  blocking: z.boolean().optional(),
  additionalDeps: z.array(key).optional(),
  metadata: z.record(z.string(), json).optional(),
});
const opBody = {
  config: json.optional(),
  configSchema: json.optional(),
  resources: z.array(z.string()).optional(),
  retryPolicy: retryPolicy.optional(),
  timeoutSeconds: z.number().positive().optional(),
  body: text,
};
const inputMap = z.record(z.string(), key).optional();
const checkedBody = { ...opBody, ins: inputMap, checks: z.array(checkSpec).optional() };

const ownBody = {
  ...checkedBody,
  isRequired: z.boolean().optional(),
  testCases: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(maxName),
        inputs: z.record(z.string(), json),
        value: json,
      }),
    )
    .max(100)
    .optional(),
};
const keptBody = z.strictObject(ownBody).optional();

const assetBase = {
  id,
  key,
  group: z.string().max(maxName).optional(),
  description: z.string().max(100_000).optional(),
  deps: z.array(key).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  kinds: z.array(z.string()).optional(),
  owners: z.array(z.string()).optional(),
  metadata: z.record(z.string(), json).optional(),
  codeVersion: z.string().max(1_000).optional(),
  ioManager: z.string().min(1).max(maxName).optional(),
  kept: z
    .strictObject({
      asset: keptBody,
      observable: keptBody,
      location: z.string().min(1).max(maxName).optional(),
    })
    .optional(),
  position: point,
};

const columns = z
  .array(
    z.strictObject({
      name: z.string().min(1).max(1_000),
      type: z.enum(['string', 'number', 'integer', 'boolean', 'date', 'timestamp', 'json']),
      nullable: z.boolean(),
      source: z.string().min(1).max(1_000).optional(),
    }),
  )
  .min(1)
  .max(10_000)
  .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, {
    message: 'two columns have one name',
  });
const csvOptions = z.strictObject({
  delimiter: z
    .string()
    .length(1)
    .refine((mark) => !/["\r\n\ufeff]/.test(mark), { message: 'a delimiter is not a quote or a line’s end' })
    .optional(),
  header: z.boolean().optional(),
  decimal: z.enum(['.', ',']).optional(),
  encoding: z.enum(['utf-8', 'latin-1']).optional(),
});

const asset = z.discriminatedUnion('kind', [
  z.strictObject({
    ...assetBase,
    ...ownBody,
    kind: z.literal('asset'),
  }),
  z.strictObject({ ...assetBase, ...checkedBody, kind: z.literal('observable') }),
  z.strictObject({
    ...assetBase,
    kind: z.literal('output'),
    unit: id,
    output: z.string().min(1).max(maxName),
    isRequired: z.boolean().optional(),
    isImplicit: z.boolean().optional(),
  }),
  z.strictObject({
    ...assetBase,
    kind: z.literal('file'),
    path: z.string().min(1).max(1_000),
    schema: columns.optional(),
    csv: csvOptions.optional(),
    badRows: z.enum(['keep', 'stop']).optional(),
  }),
  z.strictObject({
    ...assetBase,
    kind: z.literal('external'),
    location: z.string().min(1).max(maxName).optional(),
  }),
]);

const unitBase = {
  id,
  name: z.string().min(1).max(maxName),
  position: point,
  description: z.string().max(100_000).optional(),
  canSubset: z.boolean().optional(),
};
const opResult = { op: z.string(), output: z.string().optional() };
const sharedBody = { ...checkedBody, internalDeps: z.record(z.string(), z.array(key)).optional() };
const multi = { ...unitBase, ...sharedBody, kept: z.strictObject(sharedBody).optional() };
const unit = z.discriminatedUnion('kind', [
  z.strictObject({ ...multi, kind: z.literal('multi') }),
  z.strictObject({ ...multi, kind: z.literal('multi-observable') }),
  z.strictObject({
    ...unitBase,
    kind: z.literal('graph'),
    ins: inputMap,
    checks: z.array(checkSpec).optional(),
    results: z.record(z.string(), z.strictObject(opResult)),
    ops: z.array(
      z.strictObject({
        ...opBody,
        name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'an op’s name has letters, digits and “_”'),
        position: point,
        description: z.string().max(100_000).optional(),
        outs: z
          .array(
            z.strictObject({
              name: z.string().min(1).max(maxName),
              isDynamic: z.boolean().optional(),
              isRequired: z.boolean().optional(),
            }),
          )
          .optional(),
        args: z.array(
          z.union([
            z.strictObject({ input: z.string().min(1) }),
            z.strictObject({ ...opResult, collect: z.literal(true).optional() }),
            z.strictObject({ list: z.array(z.strictObject(opResult)) }),
          ]),
        ),
      }),
    ),
  }),
]);
const check = z.strictObject({
  ...opBody,
  id,
  name: z.string().min(1).max(maxName),
  ins: inputMap,
  specs: z.array(checkSpec).min(1).max(10_000),
  canSubset: z.boolean().optional(),
  template: json.optional(),
});
const resource = z.strictObject({
  key: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a resource’s key has letters, digits and “_”'),
  kind: z.enum(['resource', 'ioManager']),
  description: z.string().max(100_000).optional(),
  configSchema: json.optional(),
  config: json.optional(),
  body: text,
});

const filePath = z
  .string()
  .min(1)
  .max(1_000)
  .refine((path) => !path.startsWith('/') && !path.includes('\\') && !path.split('/').includes('..'), {
    message: 'a file’s path is relative and stays inside the project',
  });

/** A `*.headwater.json` file. */
export const documentFileSchema = z.strictObject({
  $schema: z.string().optional(),
  format: z.literal(DOCUMENT_FORMAT),
  version: z.int().min(1).max(DOCUMENT_VERSION),
  name: z.string().min(1).max(maxName),
  description: z.string().max(100_000).optional(),
  groups: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(maxName),
        description: z.string().optional(),
        hue: z.int().min(0).max(9).optional(),
      }),
    )
    .optional(),
  assets: z.array(asset).max(200_000),
  units: z.array(unit).max(100_000).optional(),
  checks: z.array(check).max(200_000).optional(),
  resources: z.array(resource).max(10_000).optional(),
  modules: z.array(z.strictObject({ name: z.string().regex(/^[a-z][a-z0-9-]*$/i), body: text })).optional(),
  files: z
    .array(
      z.strictObject({
        path: filePath,
        format: z.enum(['csv', 'tsv', 'json', 'ndjson', 'parquet', 'arrow']),
        sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 has 64 hex digits'),
        bytes: z.int().min(0),
        data: z.base64().optional(),
      }),
    )
    .optional(),
  notes: z
    .array(
      z.strictObject({
        id,
        position: point,
        width: z.number().positive(),
        height: z.number().positive(),
        text: z.string().max(100_000),
        hue: z.int().min(0).max(9).optional(),
      }),
    )
    .optional(),
});

export type DocumentFile = z.infer<typeof documentFileSchema>;
