// The files of a TypeScript project as a document: parsed, never evaluated. What cannot be read is reported with its
// file and line, and the rest is read.

import type {
  Asset,
  Check,
  DataFile,
  Group,
  Note,
  ProjectDocument,
  Resource,
  Unit,
} from '#model/document.ts';
import { emptyDocument } from '#model/document.ts';
import { formatDocument } from '#model/format-document.ts';
import { parseDocument } from '#model/parse-document.ts';
import { positionAt } from '#model/position-at.ts';
import type { OnProblem } from './options-reader.ts';
import { ReadError } from './parse-code.ts';
import { type NamedFile, type ReadContext, readBodyAsset, readCheck, readMadeAsset } from './read-asset.ts';
import { pointOr, readCanvas } from './read-canvas.ts';
import { resourceConfigOfCode } from './read-config.ts';
import { type ReadDefinition, readDefinitions } from './read-definitions.ts';
import { type ReadModule, readMadeModule, readModule } from './read-module.ts';
import { type ReadUnit, readGraphUnit, readMultiUnit, readOp } from './read-unit.ts';
import { canvasPath } from './write-canvas.ts';
import { definitionsPath } from './write-project.ts';
import { isCasesFile, readCases } from './write-tests.ts';

export interface ProjectTexts {
  /** By path, relative to the project's folder. */
  readonly texts: ReadonlyMap<string, string>;
  /** The data files there are, by path; `data` where they are small enough to stand in the document. */
  readonly data: ReadonlyMap<string, Pick<DataFile, 'sha256' | 'bytes' | 'data'>>;
}

export interface ReadProblem {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
  /** Nothing lists the file: it may be meant so. */
  readonly isUnlisted?: true;
}

export interface ReadProject {
  readonly document: ProjectDocument;
  readonly problems: readonly ReadProblem[];
  /** Where the bytes of each data file of the document lie, by its path in the document. */
  readonly dataPaths: ReadonlyMap<string, string>;
}

/** `newId` gives ids to what has none. Undefined document fields never come: what is refused is left out and reported. */
export function readProject(project: ProjectTexts, newId: () => string): ReadProject {
  return new ProjectReader(project, newId).read();
}

class ProjectReader {
  readonly #texts: ProjectTexts['texts'];
  readonly #data: ProjectTexts['data'];
  readonly #newId: () => string;
  readonly #canvas: ReturnType<typeof readCanvas>;
  readonly #problems: ReadProblem[] = [];
  readonly #assets: Asset[] = [];
  readonly #units: Unit[] = [];
  readonly #checks: Check[] = [];
  readonly #files = new Map<string, DataFile>();
  readonly #dataPaths = new Map<string, string>();
  readonly #used = new Set<string>();

  constructor({ texts, data }: ProjectTexts, newId: () => string) {
    this.#texts = texts;
    this.#data = data;
    this.#newId = newId;
    this.#canvas = readCanvas(texts.get(canvasPath));
  }

  read(): ReadProject {
    const text = this.#texts.get(definitionsPath);
    const found =
      text === undefined ? undefined : this.#guarded(definitionsPath, () => readDefinitions(text));
    if (text === undefined)
      this.#report(definitionsPath, 'There is no definitions.ts: nothing says what the project defines.');
    for (const { message, near } of found?.problems ?? []) this.#report(definitionsPath, message, near);
    for (const definition of found?.definitions ?? []) this.#definition(definition);
    const resources = (found?.resources ?? []).flatMap((resource) => this.#resource(resource) ?? []);
    for (const path of this.#texts.keys())
      if (/^(assets|checks)\/.*\.ts$/.test(path) && !this.#used.has(path) && found)
        this.#problems.push({
          path,
          line: 1,
          message: 'This file is left out: definitions.ts does not list it.',
          isUnlisted: true,
        });
    this.#readTests();
    return this.#finish(resources);
  }

  #readTests(): void {
    for (const [path, text] of this.#texts) {
      if (!isCasesFile(path)) continue;
      const read = readCases(text);
      const at = this.#assets.findIndex(({ kind, key }) => kind === 'asset' && key === read?.asset);
      const asset = this.#assets[at];
      if (!read) this.#report(path, 'It must be an object with the key of an “asset”, and its “cases”.');
      else if (asset?.kind !== 'asset')
        this.#report(path, `No asset with a body has the key “${read.asset}”.`, read.asset);
      else this.#assets[at] = { ...asset, testCases: read.cases };
    }
  }

  #finish(resources: readonly Resource[]): ReadProject {
    const { name, description, groups, notes } = this.#canvas;
    const modules = [...this.#texts].flatMap(([path, body]) => {
      const module = /^lib\/([a-z][a-z0-9-]*)\.ts$/i.exec(path)?.[1];
      return module === undefined ? [] : [{ name: module, body }];
    });
    const byId = <K extends string, T extends { readonly id: K }>(items: readonly T[]): Map<K, T> =>
      new Map(items.map((item) => [item.id, item]));
    const document: ProjectDocument = {
      ...emptyDocument(name ?? 'Imported project'),
      info: { name: name ?? 'Imported project', ...(description === undefined ? {} : { description }) },
      assets: byId(this.#assets),
      units: byId(this.#units),
      checks: byId(this.#checks),
      resources: new Map(resources.map((resource) => [resource.key, resource])),
      groups: new Map((groups as unknown as readonly Group[]).map((group) => [group.name, group])),
      modules: new Map(modules.map((module) => [module.name, module])),
      files: this.#files,
      notes: byId(
        notes.flatMap(({ at, ...note }) => {
          const position = pointOr(at);
          return position ? [{ ...(note as unknown as Note), position }] : [];
        }),
      ),
    };
    // The gate for everything that comes from outside: shapes, sizes, names.
    const checked = parseDocument(formatDocument(document));
    if (checked.ok) return { document: checked.value, problems: this.#problems, dataPaths: this.#dataPaths };
    for (const problem of checked.error)
      this.#report(
        canvasPath,
        problem.type === 'WrongShape'
          ? `${problem.at}: ${problem.detail}.`
          : `The project does not hold together (${problem.type}).`,
      );
    return { document: emptyDocument(document.info.name), problems: this.#problems, dataPaths: new Map() };
  }

  #report(path: string, message: string, near?: string): void {
    const text = this.#texts.get(path) ?? '';
    const at = near === undefined || near === '' ? -1 : text.search(new RegExp(`\\b${escaped(near)}\\b`));
    this.#problems.push({ path, line: at < 0 ? 1 : positionAt(text, at).line, message });
  }

  /** Turns what cannot be read into a problem at its line. */
  #guarded<T>(path: string, read: () => T): T | undefined {
    try {
      return read();
    } catch (thrown) {
      if (!(thrown instanceof ReadError)) throw thrown;
      const { line } = positionAt(this.#texts.get(path) ?? '', thrown.offset);
      this.#problems.push({ path, line, message: thrown.message });
      return undefined;
    }
  }

  #contextOf(path: string): ReadContext {
    const onProblem: OnProblem = (message, near) => this.#report(path, message, near);
    return { entry: this.#canvas.entry(path), onProblem, newId: this.#newId };
  }

  /** The file that an import names, as seen from another file. */
  #resolve(from: string, specifier: string): string | undefined {
    const parts = from.split('/').slice(0, -1);
    for (const part of specifier.split('/'))
      if (part === '..') parts.pop();
      else if (part !== '.') parts.push(part);
    const path = parts.join('/');
    return [path, `${path}.ts`, path.replace(/\.m?js$/, '.ts')].find((each) => this.#texts.has(each));
  }

  #definition({ from, maker }: ReadDefinition): void {
    const path = /^\.\.?\//.test(from) ? this.#resolve(definitionsPath, from) : undefined;
    const text = path === undefined ? undefined : this.#texts.get(path);
    if (path === undefined || text === undefined)
      return this.#report(definitionsPath, `“${from}” is not a file of this project.`, from);
    if (this.#used.has(path)) return this.#report(definitionsPath, `“${from}” is listed twice.`, from);
    this.#used.add(path);
    this.#guarded(path, () => this.#module(path, text, maker));
  }

  #module(path: string, text: string, maker: string | undefined): void {
    const context = this.#contextOf(path);
    switch (maker) {
      case undefined:
        return this.#made(path, text, context);
      case 'asset':
      case 'observableSourceAsset': {
        const asset = readBodyAsset(maker, this.#read(text), context);
        if (asset) this.#assets.push(asset);
        return;
      }
      case 'assetCheck':
      case 'multiAssetCheck': {
        const check = readCheck(maker, this.#read(text), context);
        if (check) this.#checks.push(check);
        return;
      }
      case 'multiAsset':
      case 'multiObservableSourceAsset':
        return this.#unit(readMultiUnit(maker, this.#read(text), context));
      case 'graphAsset':
      case 'graphMultiAsset':
        return this.#unit(
          readGraphUnit(maker, text, this.#read(text).options, context, (specifier) =>
            this.#op(path, specifier),
          ),
        );
      default:
        return this.#report(path, `“${maker}” is not read.`);
    }
  }

  #read = (text: string): ReadModule => readModule(text, (name) => this.#texts.get(`lib/${name}.ts`));

  #unit(read: ReadUnit | undefined): void {
    if (!read) return;
    this.#units.push(read.unit);
    this.#assets.push(...read.outputs);
  }

  #op(graphPath: string, specifier: string) {
    const path = this.#resolve(graphPath, specifier);
    const text = path === undefined ? undefined : this.#texts.get(path);
    if (path === undefined || text === undefined) return undefined;
    const context = this.#contextOf(path);
    const op = readOp(
      this.#read(text),
      this.#used.has(path) ? { ...context, onProblem: () => undefined } : context,
    );
    this.#used.add(path);
    return op && { op, entry: context.entry };
  }

  #made(path: string, text: string, context: ReadContext): void {
    const code = readMadeModule(text);
    if (code === undefined)
      return this.#report(
        path,
        'This file is left out: it exports a function that nothing makes a definition of.',
      );
    const made = readMadeAsset(code, context);
    if (!made) return;
    const { asset, file } = made;
    if (!file || asset.kind !== 'file') this.#assets.push(asset);
    else {
      const own = this.#dataFile(path, file);
      if (own !== undefined) this.#assets.push({ ...asset, path: own });
    }
  }

  // The file's path in the document, which is not where an export put it.
  #dataFile(path: string, { path: place, format }: NamedFile): string | undefined {
    const facts = this.#data.get(place);
    if (!facts) {
      this.#report(path, `The asset is left out: there is no data file “${place}”.`, 'path');
      return undefined;
    }
    const kept = this.#canvas.files[place]?.path;
    const own = typeof kept === 'string' ? kept : place;
    this.#files.set(own, { path: own, format, ...facts });
    this.#dataPaths.set(own, place);
    return own;
  }

  #resource({
    key,
    from,
    config: code,
  }: ReturnType<typeof readDefinitions>['resources'][number]): Resource | undefined {
    const path = this.#resolve(definitionsPath, from);
    const body = path === undefined ? undefined : this.#texts.get(path);
    if (path === undefined || body === undefined) {
      this.#report(definitionsPath, `“${from}” is not a file of this project.`, from);
      return undefined;
    }
    const { kind, description, configSchema } = this.#canvas.entry(path).left;
    const config = code === undefined ? undefined : resourceConfigOfCode(code);
    if (code !== undefined && config === undefined)
      this.#report(definitionsPath, `The fields of “${key}” are left out: they must be written out.`, key);
    const isManager = kind === undefined ? /\b(Configurable)?IOManager\b/.test(body) : kind === 'ioManager';
    return {
      key,
      kind: isManager ? 'ioManager' : 'resource',
      body,
      ...(typeof description === 'string' ? { description } : {}),
      ...(configSchema === undefined ? {} : { configSchema }),
      ...(config === undefined ? {} : { config }),
    };
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
