// A note on the canvas: text in a box, behind the assets. A double click lets it be typed; it is sized by its
// edges and coloured while it is selected.

import { type NodeProps, NodeResizer, NodeToolbar, Position } from '@xyflow/react';
import { memo, useEffect, useRef } from 'react';
import type { Note } from '#model/document.ts';
import { asNoteId } from '#model/ids.ts';
import { Markdown } from '#ui/kit/markdown.tsx';
import { useDocument, useSession } from '#ui/kit/services.tsx';
import { useActions } from './actions-context.ts';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import type { NoteFlowNode } from './flow-elements.ts';
import css from './note-node.module.css';

const hues = [undefined, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const hueNames = ['Blue', 'Orange', 'Purple', 'Pink', 'Brown', 'Magenta', 'Indigo', 'Olive', 'Mauve', 'Teal'];
export const hueColour = (hue: number | undefined) =>
  hue === undefined ? 'var(--hw-text-3)' : `var(--hw-group-${hue})`;

export const NoteNode = memo(function NoteNode({ id, selected }: NodeProps<NoteFlowNode>) {
  const noteId = asNoteId(id);
  const canvas = useCanvasStore();
  const actions = useActions();
  const note = useDocument((state) => state.document.notes.get(noteId));
  const isEditing = useCanvas((state) => state.editingNote === noteId);
  const isAlone = useSession((state) => state.selectedNotes.size === 1 && state.selectedAssets.size === 0);
  if (!note) return null;
  return (
    <>
      <NodeToolbar
        isVisible={selected && isAlone}
        position={Position.Top}
        className={`nodrag nopan ${css.hues}`}
      >
        {hues.map((hue) => (
          <button
            key={hue ?? 'none'}
            type="button"
            className={css.hue}
            style={{ ['--note' as string]: hueColour(hue) }}
            aria-label={hue === undefined ? 'No colour' : hueNames[hue]}
            title={hue === undefined ? 'No colour' : hueNames[hue]}
            aria-pressed={note.hue === hue}
            onClick={() => actions.putNote(coloured(note, hue))}
          />
        ))}
      </NodeToolbar>
      <NodeResizer
        isVisible={selected && isAlone}
        minWidth={96}
        minHeight={48}
        handleClassName={css.handle ?? ''}
        lineClassName={css.line ?? ''}
        onResize={(_event, { x, y, width, height }) =>
          canvas.setState({ resizing: { id: noteId, x, y, width, height } })
        }
        onResizeEnd={(_event, { x, y, width, height }) => {
          const [left, top] = [Math.round(x), Math.round(y)];
          actions.putNote({
            ...note,
            position: { x: left, y: top },
            width: Math.round(width),
            height: Math.round(height),
          });
          canvas.setState({ resizing: undefined, moving: new Map() });
        }}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter on the note does the same */}
      <div
        className={css.note}
        style={{ ['--note' as string]: hueColour(note.hue) }}
        data-testid="note"
        data-selected={selected || undefined}
        onDoubleClick={(event) => {
          event.stopPropagation();
          canvas.setState({ editingNote: noteId });
        }}
      >
        {isEditing ? <NoteInput note={note} /> : <NoteText text={note.text} />}
      </div>
    </>
  );
});

export function NoteText({ text }: { readonly text: string }) {
  return text === '' ? (
    <div className={css.empty}>Double-click to write</div>
  ) : (
    <div className={`${css.text} ${css.formatted}`}>
      <Markdown text={text} />
    </div>
  );
}

function NoteInput({ note }: { readonly note: Note }) {
  const canvas = useCanvasStore();
  const actions = useActions();
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    input.current?.focus({ preventScroll: true });
    input.current?.select();
  }, []);
  const end = () => {
    const text = input.current?.value ?? note.text;
    if (text !== note.text) actions.putNote({ ...note, text });
    canvas.setState({ editingNote: undefined });
  };
  return (
    <textarea
      ref={input}
      className={`nodrag nopan nowheel ${css.input}`}
      aria-label="Note"
      defaultValue={note.text}
      maxLength={100_000}
      onBlur={end}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Escape') return;
        const node = input.current?.closest<HTMLElement>('.react-flow__node');
        input.current?.blur();
        node?.focus({ preventScroll: true });
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    />
  );
}

function coloured({ hue: _, ...note }: Note, hue: number | undefined): Note {
  return hue === undefined ? note : { ...note, hue };
}
