// The second line of a node: when and how much, or what is going on instead.

import type { AssetState } from '#model/asset-state.ts';
import type { Asset } from '#model/document.ts';
import { nodeStatus, sizeText } from '#ui/inspector/asset-facts.ts';
import { formatRelative } from '#ui/kit/format.ts';

export interface NodeText {
  readonly text: string;
  readonly tone: 'plain' | 'accent' | 'amber' | 'red';
}

/** `now` in milliseconds. */
export function nodeText(asset: Asset, state: AssetState | undefined, now: number): NodeText {
  const plain = (text: string): NodeText => ({ text, tone: 'plain' });
  switch (nodeStatus(asset, state)) {
    case 'external':
      return plain(
        state?.latest?.location
          ? joined([
              state.latest.location.name,
              latestText(state, now),
              sizeText(state.latest.value?.summary),
            ])
          : 'Made elsewhere',
      );
    case 'never':
      return plain(asset.kind === 'observable' ? 'Never observed' : 'Never materialized');
    case 'queued':
      return plain('Queued');
    case 'running': {
      const { fraction, message } = state?.progress ?? {};
      const words = [message ?? 'Running', fraction === undefined ? undefined : percent(fraction)];
      return { text: joined(words), tone: 'accent' };
    }
    case 'failed': {
      const error = state?.failure?.error;
      const text = error ? `${error.name}: ${firstLine(error.message)}` : 'Failed';
      return { text: asset.kind === 'observable' ? `Not observed · ${text}` : text, tone: 'red' };
    }
    case 'skipped':
      return plain(joined(['Skipped', latestText(state, now)]));
    case 'canceled':
      return plain(joined(['Canceled', latestText(state, now)]));
    case 'interrupted':
      return plain(joined(['Interrupted', latestText(state, now)]));
    case 'observed':
      return plain(
        joined([`Observed ${shortVersion(state?.latest?.dataVersion ?? '')}`.trim(), latestText(state, now)]),
      );
    case 'stale':
      // The reasons stand beside it and need the room.
      return plain(latestText(state, now) ?? '');
    case 'materialized':
      return plain(
        joined([latestText(state, now), sizeText(state?.latest?.value?.summary)]) || 'Materialized',
      );
  }
}

/** Enough of a version to tell it from the one before. */
const shortVersion = (version: string): string =>
  version.length <= 12 ? version : `${version.slice(0, 8)}…`;

const latestText = (state: AssetState | undefined, now: number): string | undefined => {
  const at = state?.latest?.timestamp;
  return at === undefined ? undefined : formatRelative(at * 1000, Math.max(now, at * 1000));
};

const percent = (fraction: number) => `${Math.round(Math.min(1, Math.max(0, fraction)) * 100)} %`;
const firstLine = (text: string) => text.split('\n', 1)[0]!;
const joined = (parts: readonly (string | undefined)[]) =>
  parts.filter((part) => part !== undefined && part !== '').join(' · ');

const tailLength = 8;

/** A name in two parts, so that one which is too long loses its middle: the tail always shows. */
export function splitName(name: string): { readonly head: string; readonly tail: string } {
  if (name.length <= tailLength * 2) return { head: name, tail: '' };
  return { head: name.slice(0, -tailLength), tail: name.slice(-tailLength) };
}
