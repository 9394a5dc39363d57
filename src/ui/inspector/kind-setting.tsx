// What kind of asset it is, and what it can be turned into.

import { Select } from '@mantine/core';
import type { ConvertedKind } from '#model/commands/convert-command.ts';
import type { Asset, Unit } from '#model/document.ts';
import { noticeError } from '#ui/kit/notices.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { conversions } from './conversions.ts';

const names: Readonly<Record<ConvertedKind, string>> = {
  asset: 'TypeScript asset',
  observable: 'Observable asset',
  external: 'External asset',
  multi: 'Multi-asset',
  'multi-observable': 'Multi-observable',
  graph: 'Graph asset',
};

const keptNames = { asset: 'a TypeScript asset', observable: 'an observable asset' } as const;

/** `asset` may be any of the outputs of a unit: what is one only turns with the others. */
export function KindSetting({ asset }: { readonly asset: Asset }) {
  const { documents, newId } = useServices();
  const document = useDocument((state) => state.document);
  const possible = conversions(document, [asset], newId);
  if (possible.length === 0) return null;
  const unit = asset.kind === 'output' ? document.units.get(asset.unit) : undefined;
  const own = unit ? unit.kind : (asset.kind as ConvertedKind);
  const kept = [...keptOfAsset(asset), ...keptOfUnit(unit)];
  return (
    <Select
      label="Kind"
      {...(kept.length === 0 ? {} : { description: `Its body as ${kept.join(' and ')} is kept.` })}
      value={own}
      data={[own, ...possible.map(({ to }) => to)].map((value) => ({ value, label: names[value] }))}
      allowDeselect={false}
      onChange={(to) => {
        const chosen = possible.find((conversion) => conversion.to === to);
        const error = chosen && documents.run(chosen.command);
        if (error) noticeError(error);
      }}
    />
  );
}

const keptOfAsset = ({ kind, kept = {} }: Asset): readonly string[] =>
  // With an output, only captured tests wait.
  (['asset', 'observable'] as const).flatMap((each) =>
    kept[each] && !(kind === 'output' && each === 'asset') ? [keptNames[each]] : [],
  );

function keptOfUnit(unit: Unit | undefined): readonly string[] {
  if (unit === undefined || unit.kind === 'graph' || !unit.kept) return [];
  return unit.kind === 'multi' ? ['a multi-observable'] : ['a multi-asset'];
}
