// What an asset depends on, and the way to connect without a mouse: a picker adds, a cross takes away.

import { ActionIcon, Combobox, Switch, Tooltip, useCombobox } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { connectionProblem } from '#model/commands/connect-assets.ts';
import type { Asset } from '#model/document.ts';
import type { AssetId } from '#model/ids.ts';
import { selectAssets } from '#state/session-store.ts';
import { noticeError } from '#ui/kit/notices.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import css from './body-tab.module.css';

const shownOptions = 50;

export function InputsList({ asset }: { readonly asset: Asset }) {
  const { documents, session } = useServices();
  const graph = useDocument((state) => state.graph);
  const edges = graph.upstream.get(asset.id) ?? [];
  const missing = graph.unresolved.filter(({ assetId }) => assetId === asset.id);
  const remove = (from: AssetId) => {
    const error = documents.run({ type: 'DisconnectAssets', from, to: asset.id });
    if (error) noticeError(error);
  };
  return (
    <section className={css.inputs} aria-label="Inputs">
      <span className={css.inputsLabel}>Inputs</span>
      {edges.map(({ from, kind, input }) => {
        const key = graph.document.assets.get(from)?.key ?? '';
        return (
          <span key={`${from} ${kind} ${input ?? ''}`} className={css.input} data-kind={kind}>
            <button
              type="button"
              className={css.inputName}
              title={
                kind === 'order'
                  ? `${key}: order only, no value`
                  : input === key
                    ? `Select ${key}`
                    : `${input} is ${key}`
              }
              onClick={() => selectAssets(session, [from])}
            >
              {kind === 'value' && input !== undefined && input !== key ? `${input}: ${key}` : key}
            </button>
            <ActionIcon size={22} aria-label={`Remove input ${key}`} onClick={() => remove(from)}>
              <IconX size={12} stroke={1.75} />
            </ActionIcon>
          </span>
        );
      })}
      {missing.map(({ input, key }) => (
        <span key={input} className={css.input} data-kind="missing" title={`No asset makes ${key}`}>
          <span className={css.inputName}>{input}</span>
        </span>
      ))}
      <AddInput asset={asset} />
    </section>
  );
}

function AddInput({ asset }: { readonly asset: Asset }) {
  const { documents } = useServices();
  const graph = useDocument((state) => state.graph);
  const [search, setSearch] = useState('');
  const [orderOnly, setOrderOnly] = useState(asset.kind === 'file');
  const combobox = useCombobox({
    onDropdownClose: () => setSearch(''),
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  if (asset.kind === 'external') return null;
  const kind = orderOnly ? 'order' : 'value';
  const options: Asset[] = [];
  if (combobox.dropdownOpened)
    for (const candidate of graph.document.assets.values()) {
      if (options.length === shownOptions) break;
      if (!candidate.key.toLowerCase().includes(search.toLowerCase())) continue;
      if (!connectionProblem(graph, { from: candidate.id, to: asset.id }, kind)) options.push(candidate);
    }
  const connect = (id: string) => {
    const from = options.find((option) => option.id === id)?.id;
    combobox.closeDropdown();
    if (from === undefined) return;
    const error = documents.run({ type: 'ConnectAssets', from, to: asset.id, kind });
    if (error) noticeError(error);
  };
  return (
    <Combobox store={combobox} onOptionSubmit={connect} width={260} position="bottom-start">
      <Combobox.Target targetType="button" withAriaAttributes>
        <Tooltip label="Add an input">
          <ActionIcon size={24} aria-label="Add an input" onClick={() => combobox.toggleDropdown()}>
            <IconPlus size={14} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder="Find an asset"
          aria-label="Find an asset"
        />
        <Combobox.Options mah={220} style={{ overflow: 'auto' }}>
          {options.map(({ id, key }) => (
            <Combobox.Option key={id} value={id} className="hw-mono" fz={12}>
              {key}
            </Combobox.Option>
          ))}
          {options.length === 0 ? <Combobox.Empty>No asset can be connected</Combobox.Empty> : null}
        </Combobox.Options>
        {asset.kind === 'file' ? null : (
          <Combobox.Footer>
            <Switch
              size="xs"
              label="Order only, without the value"
              checked={orderOnly}
              onChange={(event) => setOrderOnly(event.currentTarget.checked)}
            />
          </Combobox.Footer>
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}
