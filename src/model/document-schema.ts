// The file format of a project as a Zod schema: the gate for everything that comes from outside.
// Apart from the functions that need no schema, because Zod is large.

import { z } from 'zod';
import { assetKeyProblem } from './asset-key.ts';
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, type Json } from './document.ts';

// The page forbids code made from text, which Zod would otherwise try.
z.config({ jitless: true });

const maxBody = 1_000_000;

const key = z
  .string()
  .max(500)
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

const assetBase = {
  id,
  key,
  group: z.string().max(200).optional(),
  description: z.string().max(100_000).optional(),
  deps: z.array(key).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  kinds: z.array(z.string()).optional(),
  owners: z.array(z.string()).optional(),
  metadata: z.record(z.string(), json).optional(),
  codeVersion: z.string().max(1_000).optional(),
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
    kind: z.literal('asset'),
    ins: z.record(z.string(), key).optional(),
    config: json.optional(),
    retryPolicy: retryPolicy.optional(),
    timeoutSeconds: z.number().positive().optional(),
    body: text,
  }),
  z.strictObject({
    ...assetBase,
    kind: z.literal('file'),
    path: z.string().min(1).max(1_000),
    schema: columns.optional(),
    csv: csvOptions.optional(),
    badRows: z.enum(['keep', 'stop']).optional(),
  }),
  z.strictObject({ ...assetBase, kind: z.literal('external') }),
]);

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
  name: z.string().min(1).max(200),
  description: z.string().max(100_000).optional(),
  groups: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(200),
        description: z.string().optional(),
        hue: z.int().min(0).max(9).optional(),
      }),
    )
    .optional(),
  assets: z.array(asset).max(200_000),
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
