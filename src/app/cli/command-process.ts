// The command line as a process, as its users start it. Test code only.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Asset, emptyDocument, type Resource } from '#model/document.ts';
import { formatDocument } from '#model/format-document.ts';
import { asAssetId } from '#model/ids.ts';

const script = fileURLToPath(new URL('../../../.ci/headwater.mjs', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts commands in a folder, which is asked for each time. */
export function commandIn(folder: () => string) {
  const start = (...words: string[]): ChildProcessWithoutNullStreams =>
    spawn(process.execPath, [script, ...words], { cwd: folder() });
  return { start, run: (...words: string[]): Promise<Ended> => ended(start(...words)) };
}

export function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString();
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

/** Resolves when the command has said something on stderr. */
export function said(child: ChildProcessWithoutNullStreams, text: string): Promise<void> {
  let err = '';
  return new Promise((resolve) =>
    child.stderr.on('data', (data: Buffer) => {
      err += data.toString();
      if (err.includes(text)) resolve();
    }),
  );
}

/** Writes projects of code assets, by key, into a folder; answers with the file's name. */
export const projectsIn =
  (folder: () => string) =>
  (name: string, bodies: Readonly<Record<string, string>>, resources: readonly Resource[] = []): string => {
    const assets = Object.entries(bodies).map(([key, body], i): Asset => {
      return { id: asAssetId(`a${i}`), kind: 'asset', key, position: { x: 0, y: 0 }, body };
    });
    const file = `${name}.headwater.json`;
    writeFileSync(
      join(folder(), file),
      formatDocument({
        ...emptyDocument(name),
        assets: new Map(assets.map((asset) => [asset.id, asset])),
        resources: new Map(resources.map((resource) => [resource.key, resource])),
      }),
    );
    return file;
  };
