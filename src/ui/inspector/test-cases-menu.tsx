// The tests of an asset: the latest value is captured as one, or one is taken away.

import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconFlask, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Materialization } from '#model/asset-state.ts';
import type { CodeAsset, TestCase } from '#model/document.ts';
import { resourceKeysOf } from '#model/resource-names.ts';
import { formatExact } from '#ui/kit/format.ts';
import { noticeDone, noticeError, noticeFault } from '#ui/kit/notices.ts';
import { useServices } from '#ui/kit/services.tsx';
import { captureCase } from './capture-case.ts';
import css from './data-tab.module.css';

export function TestCasesMenu({
  asset,
  latest,
}: {
  readonly asset: CodeAsset;
  readonly latest: Materialization;
}) {
  const { documents, runs, workspace } = useServices();
  const [isBusy, setIsBusy] = useState(false);
  const cases = asset.testCases ?? [];
  const change = (testCases: readonly TestCase[], title: string): boolean => {
    const next = testCases.length > 0 ? testCases : null;
    const error = documents.run({ type: 'UpdateAsset', id: asset.id, change: { testCases: next } });
    if (error) noticeError(error, title);
    return !error;
  };
  const capture = async () => {
    const { projectId, document } = documents.store.getState();
    if (projectId === undefined) return;
    setIsBusy(true);
    try {
      const { states } = runs.store.getState();
      const wanted = `As made ${formatExact(latest.timestamp * 1000)}`;
      const name = freeName(wanted, cases);
      const captured = await captureCase({ workspace, projectId, document, states }, asset, latest, name);
      if (!captured.ok) noticeFault('Nothing was captured', captured.error);
      else if (change([...cases, captured.value], 'Nothing was captured'))
        noticeDone(
          `Captured. The TypeScript export tests that these inputs give this value${withResources(asset)}.`,
        );
    } catch (thrown) {
      noticeFault('Nothing was captured', thrown);
    }
    setIsBusy(false);
  };
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="default"
          disabled={isBusy}
          leftSection={<IconFlask size={14} stroke={1.75} />}
          rightSection={<IconChevronDown size={12} />}
        >
          {cases.length === 0 ? 'Tests' : `Tests: ${cases.length}`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void capture()}>
          Capture this value as a test
          <span className={css.hint}>
            Keeps the inputs and the value in the project; its TypeScript export tests that they still belong
            together
          </span>
        </Menu.Item>
        {cases.length === 0 ? null : <Menu.Label>Remove a test</Menu.Label>}
        {cases.map((each, i) => (
          <Menu.Item
            key={each.name}
            leftSection={<IconTrash size={14} stroke={1.5} />}
            onClick={() => change(cases.toSpliced(i, 1), 'The test was not removed')}
          >
            {each.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function withResources(asset: CodeAsset): string {
  const keys = resourceKeysOf(asset).map((key) => `“${key}”`);
  if (keys.length === 0) return '';
  return `, with ${keys.join(', ')} as the project configures ${keys.length === 1 ? 'it' : 'them'}`;
}

function freeName(wanted: string, cases: readonly TestCase[]): string {
  const taken = new Set(cases.map(({ name }) => name));
  let name = wanted;
  for (let i = 2; taken.has(name); i++) name = `${wanted} (${i})`;
  return name;
}
