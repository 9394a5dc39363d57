// "Turn into …": the kinds that everything selected can become.

import type { Command } from '#model/commands/command.ts';
import { conversionsOf } from '#model/commands/convert-asset.ts';
import { type ConvertedKind, convertLabel, isUnitKind } from '#model/commands/convert-command.ts';
import type { Asset, ProjectDocument } from '#model/document.ts';
import { asUnitId, type UnitId } from '#model/ids.ts';

export interface Conversion {
  readonly to: ConvertedKind;
  readonly label: string;
  readonly command: Command;
}

export function conversions(
  document: ProjectDocument,
  assets: readonly Asset[],
  newId: () => string,
): readonly Conversion[] {
  const [first, ...others] = assets;
  if (!first) return [];
  return conversionsOf(document, first)
    .filter((to) => others.every((asset) => conversionsOf(document, asset).includes(to)))
    .map((to) => {
      const taken = new Set([...document.units.values()].map(({ name }) => name));
      const turned = new Set<UnitId>();
      const commands = assets.flatMap((asset): Command[] => {
        const { id, key } = asset;
        if (!isUnitKind(to)) return [{ type: 'ConvertAsset', id, to }];
        if (asset.kind === 'output') {
          // The outputs of a unit turn together.
          if (turned.has(asset.unit)) return [];
          turned.add(asset.unit);
          return [{ type: 'ConvertAsset', id, to }];
        }
        const name = freeName(taken, key.replace(/^(?=\d)/, '_').replace(/\W/g, '_'));
        taken.add(name);
        return [{ type: 'ConvertAsset', id, to, unit: { id: asUnitId(newId()), name } }];
      });
      const label = convertLabel({ to });
      const [only] = commands;
      return {
        to,
        label,
        command: commands.length === 1 && only ? only : { type: 'Compose', label, commands },
      };
    });
}

function freeName(taken: ReadonlySet<string>, base: string): string {
  for (let i = 1; ; i++) {
    const name = i === 1 ? base : `${base}_${i}`;
    if (!taken.has(name)) return name;
  }
}
