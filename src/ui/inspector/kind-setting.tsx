// What kind of asset it is, and what it can be turned into.

import { Select } from '@mantine/core';
import type { ConvertedKind } from '#model/commands/convert-command.ts';
import type { Asset } from '#model/document.ts';
import { noticeError } from '#ui/kit/notices.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { conversions } from './conversions.ts';

const names: Readonly<Record<ConvertedKind, string>> = {
  asset: 'TypeScript asset',
  observable: 'Observable asset',
  external: 'External asset',
  multi: 'Multi-asset of one output',
};

export function KindSetting({ asset }: { readonly asset: Asset }) {
  const { documents, newId } = useServices();
  const document = useDocument((state) => state.document);
  const possible = conversions(document, [asset], newId);
  if (possible.length === 0) return null;
  const own = asset.kind === 'output' ? 'multi' : (asset.kind as ConvertedKind);
  const kept = Object.keys(asset.kept ?? {})
    .filter((kind) => kind !== 'location')
    .map((kind) => (kind === 'asset' ? 'a TypeScript asset' : 'an observable asset'));
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
