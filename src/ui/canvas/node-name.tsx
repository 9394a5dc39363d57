// An asset's name on its node: the middle goes when there is no room, F2 or a double click lets it be typed.

import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { assetKeyProblem } from '#model/asset-key.ts';
import type { Asset } from '#model/document.ts';
import { useDocument } from '#ui/kit/services.tsx';
import { useActions } from './actions-context.ts';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import css from './node-name.module.css';
import { splitName } from './node-text.ts';

export function NodeName({ asset }: { readonly asset: Asset }) {
  const canvas = useCanvasStore();
  const renaming = useCanvas((state) => state.renaming === asset.id);
  if (renaming) return <NameInput asset={asset} />;
  const { head, tail } = splitName(asset.key);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: F2 on the node does the same
    <span
      className={css.name}
      title={asset.key}
      onDoubleClick={(event) => {
        event.stopPropagation();
        canvas.setState({ renaming: asset.id });
      }}
    >
      <span className={css.head}>{head}</span>
      <span className={css.tail}>{tail}</span>
    </span>
  );
}

export interface NameInputProps {
  readonly asset: Asset;
  /** Elsewhere than on the node: what ends the naming. */
  onEnd?(): void;
}

export function NameInput({ asset, onEnd }: NameInputProps) {
  const canvas = useCanvasStore();
  const actions = useActions();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(asset.key);
  const owner = useDocument((state) => state.graph.idByKey.get(text));
  const problem =
    assetKeyProblem(text) ??
    (owner !== undefined && owner !== asset.id ? 'Another asset has this name.' : undefined);

  useEffect(() => {
    input.current?.focus({ preventScroll: true });
    input.current?.select();
  }, []);

  const end = () => {
    if (onEnd) return onEnd();
    canvas.setState({ renaming: undefined });
    // The node takes the focus back, so that the keys go on from here.
    input.current?.closest<HTMLElement>('.react-flow__node')?.focus({ preventScroll: true });
  };
  const commit = () => {
    if (problem === undefined && text !== asset.key) actions.rename(asset.id, text);
    end();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') end();
    else if (event.key === 'Enter' && problem === undefined) commit();
  };

  return (
    <span className={css.field}>
      <input
        ref={input}
        className={`nodrag nopan ${css.input}`}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={commit}
        onDoubleClick={(event) => event.stopPropagation()}
        aria-label="Asset name"
        aria-invalid={problem !== undefined}
        spellCheck={false}
        autoComplete="off"
      />
      {problem === undefined ? null : (
        <span className={css.problem} role="alert">
          {problem}
        </span>
      )}
    </span>
  );
}
