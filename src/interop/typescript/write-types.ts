// `types/`: what each body is given, by the code of what it reads. For editors and `tsc`; Node never loads them.

import { givenTypes } from '#engine/checked-body.ts';
import { opTypedId, typedBody } from '#engine/typed-assets.ts';
import type { TypedId, TypedInput } from '#engine/types-port.ts';
import { parseUserString } from '#model/asset-key.ts';
import type { OpNode, ProjectDocument } from '#model/document.ts';
import { type AssetGraph, buildGraph } from '#model/graph.ts';
import { asAssetId } from '#model/ids.ts';
import { opOuts } from '#model/op-graph.ts';
import { resourceKeysOf } from '#model/resource-names.ts';
import { rowTypeOf } from '#model/row-type.ts';
import { fileName, fileNames } from './file-names.ts';
import { printName } from './print-code.ts';
import type { FileSubject, ProjectFile } from './project-files.ts';

/** A file at the place that `#types/<name>` means, for each name that an asset, a body of several, an op or a check has. */
export function writeTypes(
  document: ProjectDocument,
  graph: AssetGraph = buildGraph(document),
): readonly ProjectFile[] {
  const resourceNames = fileNames(document).resources;
  const holders = bodiesOf(document);
  const makers = new Map(holders.map(({ id, path, givesValue }) => [id, givesValue ? path : undefined]));
  const files = new Map<string, { readonly subject: FileSubject; readonly given: Given }>();
  for (const { id, subject, path: own, of } of holders) {
    const typed = typedBody(graph, id);
    if (!typed) continue;
    const path = `types/${parseUserString(typed.key).map(fileName).join('/')}.ts`;
    const up = '../'.repeat(path.split('/').length - 1);
    const typeOf = (from: TypedId): string => {
      const read = document.assets.get(asAssetId(from));
      const row = read?.kind === 'file' ? rowTypeOf(read) : undefined;
      if (row !== undefined) return `readonly Readonly<${row}>[]`;
      const place = makers.get(from);
      return place === undefined ? 'any' : `ValueOf<typeof import('${up}${place}').default>`;
    };
    const inputType = ({ from, isAll }: TypedInput): string => {
      const type = from === undefined ? 'any' : typeOf(from);
      return isAll ? `readonly ${type}[]` : type;
    };
    const hasConfig = of.config !== undefined || of.configSchema !== undefined;
    const given: Given = {
      isOp: typed.isOp === true,
      inputs: new Map(typed.inputs.map((input) => [input.name, inputType(input)])),
      config: hasConfig ? `ReturnType<(typeof import('${up}${own}').options)['config']['parse']>` : undefined,
      resources: new Map(
        resourceKeysOf(of).flatMap((key) => {
          const place = resourceNames.get(key)?.path;
          return place === undefined ? [] : [[key, `InstanceType<typeof import('${up}${place}').default>`]];
        }),
      ),
    };
    const before = files.get(path);
    files.set(path, before ? { ...before, given: bothGiven(before.given, given) } : { subject, given });
  }
  return [...files].map(([path, { subject, given }]) => ({ path, text: typesText(given), subject }));
}

/** Something with a body, as an export holds it. */
interface Holder {
  readonly id: TypedId;
  readonly subject: FileSubject;
  /** Where its code lies. */
  readonly path: string;
  readonly of: Pick<OpNode, 'body' | 'config' | 'configSchema' | 'resources'>;
  /** What it gives is one value, not several, a version or the result of a check. */
  readonly givesValue: boolean;
}

function bodiesOf(document: ProjectDocument): readonly Holder[] {
  const { order, assets, units, checks, opPath } = fileNames(document);
  return [
    ...order.assets.flatMap((of): readonly Holder[] => {
      if (of.kind !== 'asset' && of.kind !== 'observable') return [];
      const { id, kind } = of;
      const path = assets.get(id)?.path ?? '';
      return [{ id, subject: { type: 'asset', id }, path, of, givesValue: kind === 'asset' }];
    }),
    ...order.units.flatMap((unit): readonly Holder[] => {
      const { id } = unit;
      if (unit.kind !== 'graph') {
        const path = units.get(id)?.path ?? '';
        return [{ id, subject: { type: 'unit', id }, path, of: unit, givesValue: false }];
      }
      return unit.ops.map((of) => ({
        id: opTypedId(id, of.name),
        subject: { type: 'unit', id, op: of.name },
        path: opPath(unit, of.name),
        of,
        givesValue: opOuts(of).length === 1 && opOuts(of)[0]?.isDynamic !== true,
      }));
    }),
    ...order.checks.map(
      (of): Holder => ({
        id: of.id,
        subject: { type: 'check', id: of.id },
        path: checks.get(of.id)?.path ?? '',
        of,
        givesValue: false,
      }),
    ),
  ];
}

/** What a body is given: types by name. */
interface Given {
  /** Undefined where bodies that take their inputs otherwise share the name. */
  readonly isOp: boolean | undefined;
  readonly inputs: ReadonlyMap<string, string>;
  readonly config: string | undefined;
  readonly resources: ReadonlyMap<string, string>;
}

/** What two bodies of one name, two checks say, both find under it: what differs can be anything. */
function bothGiven(a: Given, b: Given): Given {
  const inputs = new Map(a.inputs);
  for (const [name, type] of b.inputs) inputs.set(name, (inputs.get(name) ?? type) === type ? type : 'any');
  const takesAlike = a.isOp === b.isOp && (a.isOp === false || sameNames(a.inputs, b.inputs));
  return {
    isOp: takesAlike ? a.isOp : undefined,
    inputs,
    config: a.config === b.config ? a.config : 'any',
    resources: new Map([...a.resources, ...b.resources]),
  };
}

const sameNames = (a: Given['inputs'], b: Given['inputs']): boolean =>
  JSON.stringify([...a.keys()]) === JSON.stringify([...b.keys()]);

function typesText({ isOp, inputs, config = 'any', resources }: Given): string {
  const list = [...inputs].map(([name, type]) => ({ name, type }));
  const usesValues = list.some(({ type }) => type.includes('ValueOf<'));
  const fields = [...resources].map(([key, type]) => `  readonly ${printName(key)}: ${type};\n`).join('');
  return [
    usesValues ? "import type { ValueOf } from 'headwater';\n\n" : '',
    resources.size > 0 ? `export type Resources = {\n${fields}};\n` : '',
    givenTypes(list, isOp, resources.size > 0 ? `${config}, Resources` : config),
    // What the body makes says itself: asked of its code, its own return type would go in a circle.
    'export type Output = any;\n',
  ].join('');
}
