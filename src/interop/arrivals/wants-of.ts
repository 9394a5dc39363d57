// What a project from outside wants and carries, told from its text alone: which hosts it names, which libraries it
// imports, which environment values it asks for. Evaluates nothing, and takes time in proportion to the text.

import { shippedLibraries } from '#engine/compiler.ts';
import type { ProjectDocument } from '#model/document.ts';
import { envNamesOf } from '#model/env-reference.ts';
import type { DocumentPart } from './document-parts.ts';

export interface Wants {
  /** Hosts named anywhere in its text, in order of the alphabet; at most `maxHosts`. */
  readonly hosts: readonly string[];
  /** An address whose host is put together while it runs. */
  readonly hasComputedHost: boolean;
  readonly libraries: readonly {
    readonly name: string;
    /** Whether the app brings it along: a body that imports another one does not run. */
    readonly isShipped: boolean;
  }[];
  /** Names of environment values. */
  readonly environment: readonly string[];
  readonly resources: readonly string[];
  readonly ioManagers: readonly string[];
}

export interface Contents {
  readonly assets: number;
  readonly bodies: number;
  readonly ops: number;
  readonly checks: number;
  readonly resources: number;
  readonly ioManagers: number;
  readonly modules: number;
  readonly notes: number;
  readonly files: number;
  /** Of the data files together. */
  readonly fileBytes: number;
}

const maxHosts = 200;

/** `text`: the document as a project file has it; `parts`: of the same document. */
export function wantsOf(document: ProjectDocument, parts: readonly DocumentPart[], text: string): Wants {
  const resources = [...document.resources.values()];
  return {
    ...hostsIn(text),
    libraries: librariesIn(parts),
    environment: sorted(configsOf(document).flatMap((config) => [...envNamesOf(config)])),
    resources: sorted(resources.filter(({ kind }) => kind === 'resource').map(({ key }) => key)),
    ioManagers: sorted(resources.filter(({ kind }) => kind === 'ioManager').map(({ key }) => key)),
  };
}

export function contentsOf(document: ProjectDocument): Contents {
  const units = [...document.units.values()];
  const assets = [...document.assets.values()];
  const ops = units.reduce((sum, unit) => sum + (unit.kind === 'graph' ? unit.ops.length : 0), 0);
  const resources = [...document.resources.values()];
  const files = [...document.files.values()];
  return {
    assets: assets.length,
    bodies:
      assets.filter(({ kind }) => kind === 'asset' || kind === 'observable').length +
      units.filter(({ kind }) => kind !== 'graph').length,
    ops,
    checks:
      [...document.checks.values()].reduce((sum, { specs }) => sum + specs.length, 0) +
      [...assets, ...units].reduce((sum, one) => sum + ('checks' in one ? (one.checks?.length ?? 0) : 0), 0),
    resources: resources.filter(({ kind }) => kind === 'resource').length,
    ioManagers: resources.filter(({ kind }) => kind === 'ioManager').length,
    modules: document.modules.size,
    notes: document.notes.size,
    files: files.length,
    fileBytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

// Slashes may stand behind the backslashes of a literal.
const address = /\b(?:https?|wss?|ftp):(?:\\{0,4}\/){2}([^\s"'`\\/<>()?#,;]{1,255})/gi;

function hostsIn(text: string): Pick<Wants, 'hosts' | 'hasComputedHost'> {
  const hosts = new Set<string>();
  let hasComputedHost = false;
  for (const [, authority = ''] of text.matchAll(address)) {
    const host = authority.slice(authority.lastIndexOf('@') + 1);
    if (host.includes('$') || host.includes('{')) hasComputedHost = true;
    else if (hosts.size < maxHosts && URL.canParse(`https://${host}`))
      hosts.add(new URL(`https://${host}`).host);
  }
  return { hosts: [...hosts].sort(), hasComputedHost };
}

const imported = /\b(?:from|import)\s{0,20}\(?\s{0,20}(["'])([^"'\n]{1,200})\1/g;

function librariesIn(parts: readonly DocumentPart[]): Wants['libraries'] {
  const names: string[] = [];
  for (const { code = '' } of parts)
    for (const [, , name = ''] of code.matchAll(imported))
      if (!/^(#lib\/|#types\/|headwater$|\.)/.test(name)) names.push(name);
  return sorted(names).map((name) => ({ name, isShipped: shippedLibraries.has(name) }));
}

function configsOf(document: ProjectDocument) {
  return [
    ...[...document.assets.values(), ...document.units.values()].flatMap((one) => [
      'config' in one ? one.config : undefined,
      ...('ops' in one ? one.ops.map(({ config }) => config) : []),
    ]),
    ...[...document.checks.values()].map(({ config }) => config),
    ...[...document.resources.values()].map(({ config }) => config),
  ];
}
