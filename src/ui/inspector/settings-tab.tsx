// Everything about an asset that is not its body. Each change is one command.

import { assetKeyProblem } from '#model/asset-key.ts';
import type { AssetChange, Command } from '#model/commands/command.ts';
import type { Asset } from '#model/document.ts';
import compact from '#ui/kit/compact-form.module.css';
import { noticeError } from '#ui/kit/notices.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { ConfigSetting } from './config-setting.tsx';
import { FileSettings } from './file-settings.tsx';
import { groupHues } from './group-hue.ts';
import { KindSetting } from './kind-setting.tsx';
import { LocationSetting } from './location-setting.tsx';
import { ManagerSetting, ResourceSetting } from './resource-settings.tsx';
import { RunSettings } from './run-settings.tsx';
import { ListSetting, TextSetting } from './setting-fields.tsx';
import { changeProblem, depsProblem, formatTags, parseMetadata, parseTags } from './settings-rules.ts';
import css from './settings-tab.module.css';
import { UnitSettings } from './unit-settings.tsx';

export function SettingsTab({ asset }: { readonly asset: Asset }) {
  const { documents } = useServices();
  const document = useDocument((state) => state.document);
  const idByKey = useDocument((state) => state.graph.idByKey);
  const run = (command: Command) => {
    const error = documents.run(command);
    if (error) noticeError(error);
  };
  const update = (change: AssetChange) => run({ type: 'UpdateAsset', id: asset.id, change });
  const orNull = (values: readonly string[]) => (values.length === 0 ? null : values);
  const unit = asset.kind === 'output' ? document.units.get(asset.unit) : undefined;
  const hasBody = asset.kind === 'asset' || asset.kind === 'observable';
  const metadata = asset.metadata === undefined ? '' : JSON.stringify(asset.metadata, null, 2);

  return (
    <div className={`${css.settings} ${compact.form}`}>
      <TextSetting
        label="Key"
        value={asset.key}
        isCode
        problemOf={(text) => {
          const owner = idByKey.get(text);
          return (
            assetKeyProblem(text) ??
            (owner !== undefined && owner !== asset.id ? 'Another asset has this name.' : undefined)
          );
        }}
        onCommit={(key) => run({ type: 'RenameAsset', id: asset.id, key })}
      />
      {asset.kind === 'external' ? (
        <LocationSetting asset={asset} onChange={(location) => update({ location })} />
      ) : null}
      <KindSetting asset={asset} />
      {asset.kind === 'file' ? <FileSettings asset={asset} onChange={update} /> : null}
      <TextSetting
        label="Description"
        value={asset.description ?? ''}
        rows={2}
        placeholder="What this data is, for whoever reads it next"
        problemOf={() => undefined}
        onCommit={(text) => update({ description: text.trim() === '' ? null : text.trim() })}
      />
      <TextSetting
        label="Group"
        value={asset.group ?? ''}
        suggestions={[...groupHues(document).keys()]}
        problemOf={(text) => changeProblem(asset, { group: text.trim() === '' ? null : text.trim() })}
        onCommit={(text) => update({ group: text.trim() === '' ? null : text.trim() })}
      />
      <ListSetting
        label="Waits for"
        description="Order only: these come first, their values are not loaded"
        values={asset.deps ?? []}
        suggestions={[...idByKey.keys()].filter((key) => key !== asset.key)}
        problemOf={(deps) => depsProblem(asset, deps)}
        onCommit={(deps) => update({ deps: orNull(deps) })}
      />
      <ListSetting
        label="Kinds"
        values={asset.kinds ?? []}
        placeholder="typescript, csv …"
        problemOf={(kinds) => changeProblem(asset, { kinds })}
        onCommit={(kinds) => update({ kinds: orNull(kinds) })}
      />
      <ListSetting
        label="Owners"
        values={asset.owners ?? []}
        placeholder="team:data, ada@example.org"
        problemOf={(owners) => changeProblem(asset, { owners })}
        onCommit={(owners) => update({ owners: orNull(owners) })}
      />
      <ListSetting
        label="Tags"
        values={formatTags(asset.tags)}
        placeholder="tier=core"
        problemOf={(tags) => changeProblem(asset, { tags: parseTags(tags) })}
        onCommit={(tags) => update({ tags: tags.length === 0 ? null : parseTags(tags) })}
      />
      {unit ? <UnitSettings unit={unit} /> : null}
      {hasBody ? <RunSettings of={asset} onChange={update} /> : null}
      {hasBody ? <ConfigSetting of={asset} onChange={update} /> : null}
      {hasBody ? <ResourceSetting of={asset} onChange={update} /> : null}
      {asset.kind === 'external' || asset.kind === 'observable' ? null : (
        <ManagerSetting of={asset} onChange={update} />
      )}
      {asset.kind === 'external' ? null : (
        <TextSetting
          label="Code version"
          description="Yours counts instead of the one worked out from the body"
          value={asset.codeVersion ?? ''}
          isCode
          placeholder="From the body"
          problemOf={() => undefined}
          onCommit={(text) => update({ codeVersion: text.trim() === '' ? null : text.trim() })}
        />
      )}
      <TextSetting
        label="Metadata"
        value={metadata}
        rows={3}
        isCode
        placeholder={'{ "source": "https://…" }'}
        problemOf={(text) => {
          const parsed = parseMetadata(text);
          return parsed.ok ? undefined : parsed.problem;
        }}
        onCommit={(text) => {
          const parsed = parseMetadata(text);
          if (parsed.ok) update({ metadata: parsed.value });
        }}
      />
    </div>
  );
}
