// What has changed in an asset's code since its latest value was made: its body, what the body imports, its config.

import { Modal } from '@mantine/core';
import { useMemo } from 'react';
import type { Materialization } from '#model/asset-state.ts';
import { changedParts, codeParts } from '#model/code-parts.ts';
import type { AssetId } from '#model/ids.ts';
import { type DiffLine, diffLines } from '#model/line-diff.ts';
import { formatExact } from '#ui/kit/format.ts';
import { useDocument, useRuns, useServices } from '#ui/kit/services.tsx';
import css from './code-changes.module.css';

interface CodeChangesProps {
  readonly assetId: AssetId;
  onClose(): void;
}

export function CodeChanges({ assetId, onClose }: CodeChangesProps) {
  const key = useDocument((state) => state.document.assets.get(assetId)?.key);
  const latest = useRuns((state) => state.states.get(assetId)?.latest);
  return (
    <Modal
      opened
      onClose={onClose}
      title={`What changed in ${key ?? 'this asset'}`}
      size="min(880px, 92vw)"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {latest === undefined ? null : <Changes assetId={assetId} latest={latest} />}
    </Modal>
  );
}

function Changes({ assetId, latest }: { readonly assetId: AssetId; readonly latest: Materialization }) {
  const { documents } = useServices();
  const document = useDocument((state) => state.document);
  // A run has the code of the moment at which it started.
  const run = useRuns((state) => state.runs.find(({ runId }) => runId === latest.runId));
  const madeAt = latest.restoredFrom?.timestamp ?? latest.timestamp;
  const at = latest.restoredFrom ? madeAt * 1000 : (run?.startedAt ?? run?.createdAt ?? madeAt * 1000);
  const changes = useMemo(() => {
    const then = documents.documentAt(at);
    const before = then.assets.get(assetId);
    const after = document.assets.get(assetId);
    return changedParts(
      before ? codeParts(then, before) : new Map(),
      after ? codeParts(document, after) : new Map(),
    );
  }, [documents, document, assetId, at]);
  return (
    <>
      <p className={css.about}>
        Since the materialization of {formatExact(madeAt * 1000)}: removed lines are marked −, new ones +.
      </p>
      {changes.length === 0 ? (
        <p className={css.about}>
          Its text is as it was then. It was made with the code version{' '}
          <code className="hw-mono">{latest.codeVersion.slice(0, 24)}</code>.
        </p>
      ) : (
        changes.map(({ name, before, after }) => (
          <section key={name} aria-label={name} className={css.part}>
            <h3 className="hw-mono">{name}</h3>
            <Lines lines={shortened(diffLines(before, after))} />
          </section>
        ))
      )}
    </>
  );
}

const marks = { same: ' ', added: '+', removed: '−' } as const;

function Lines({ lines }: { readonly lines: readonly ShownLine[] }) {
  return (
    <pre className={css.lines}>
      {lines.map(({ place, kind, text }) => (
        <span key={place} data-kind={kind} className={css.line}>
          {kind === 'gap' ? `⋯ ${text}` : `${marks[kind]} ${text}`}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}

interface ShownLine {
  readonly place: number;
  readonly kind: DiffLine['kind'] | 'gap';
  readonly text: string;
}

const around = 3;

/** Only what changed and a few lines about it. */
function shortened(lines: readonly DiffLine[]): readonly ShownLine[] {
  const near = new Set<number>();
  lines.forEach(({ kind }, index) => {
    if (kind === 'same') return;
    for (let i = index - around; i <= index + around; i++) near.add(i);
  });
  const shown: ShownLine[] = [];
  let left = 0;
  lines.forEach((line, place) => {
    if (near.has(place)) {
      if (left > 0) shown.push({ place: -place, kind: 'gap', text: `${left} more of the same` });
      left = 0;
      shown.push({ place, ...line });
    } else left++;
  });
  if (left > 0) shown.push({ place: lines.length, kind: 'gap', text: `${left} more of the same` });
  return shown;
}
