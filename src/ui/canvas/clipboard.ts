// Copy, cut, paste and duplicate. What is copied is text, a small project file: it pastes in another tab,
// another project or a text editor, and a whole project file pastes as well.

import type { Command } from '#model/commands/command.ts';
import type { ProjectDocument } from '#model/document.ts';
import { formatDocument } from '#model/format-document.ts';
import { copyFragment, pasteFragment } from '#model/fragment.ts';
import { asAssetId, asCheckId, asNoteId, asUnitId } from '#model/ids.ts';
import { selectItems } from '#state/session-store.ts';
import { isOwnCopy, rememberCopy } from '#ui/arrivals/own-copies.ts';
import { trustedContent } from '#ui/arrivals/trust.ts';
import type { Arrivals } from '#ui/arrivals/use-arrivals.ts';
import { formatPlural } from '#ui/kit/format.ts';
import { noticeDone, noticeError, noticeFault } from '#ui/kit/notices.ts';
import type { Services } from '#ui/kit/services.tsx';
import { type Bounds, boundsOf, freeBlockOffset } from './arrange.ts';
import type { CanvasActions } from './canvas-actions.ts';
import type { CanvasStore } from './canvas-store.ts';
import { boxesOf } from './flow-elements.ts';

export interface CanvasClipboard {
  /** What is selected, as text; undefined when nothing is. */
  copy(): string | undefined;
  /** Copies and deletes. */
  cut(): string | undefined;
  /**
   * Puts the text's assets and notes on the canvas and selects them; says why it cannot. What was not copied in this
   * browser and is not trusted is shown first.
   */
  paste(text: string): Promise<void>;
  /** Puts what was looked at and trusted on the canvas. */
  add(document: ProjectDocument): Promise<void>;
  duplicate(): void;
}

export function createCanvasClipboard(
  services: Services,
  canvas: CanvasStore,
  actions: CanvasActions,
  arrivals: Pick<Arrivals, 'showPasted'>,
): CanvasClipboard {
  const { documents, session, newId, preferences } = services;
  let remembering: Promise<void> = Promise.resolve();

  function textOf(fragment: ProjectDocument): string {
    // Not remembered, it is shown when it is pasted.
    remembering = rememberCopy(preferences, fragment).catch(() => undefined);
    return formatDocument(fragment);
  }

  function selected(): ProjectDocument | undefined {
    const { selectedAssets, selectedNotes } = session.getState();
    const { graph } = documents.store.getState();
    const fragment = copyFragment(graph, selectedAssets, selectedNotes);
    return fragment.assets.size + fragment.notes.size > 0 ? fragment : undefined;
  }

  /** Whereto a copied block goes: under the pointer, else near its original, else the middle of the view. */
  function wantedOffset(block: Bounds): { readonly x: number; readonly y: number } {
    const { view } = canvas.getState();
    const pointer = view?.pointer();
    const visible = view?.visible();
    const middle = { x: block.x + block.width / 2, y: block.y + block.height / 2 };
    const to = (x: number, y: number) => ({ x: x - middle.x, y: y - middle.y });
    if (pointer) return to(pointer.x, pointer.y);
    if (!visible) return { x: 0, y: 0 };
    const isNear =
      middle.x > visible.x &&
      middle.x < visible.x + visible.width &&
      middle.y > visible.y &&
      middle.y < visible.y + visible.height;
    return isNear ? { x: 0, y: 0 } : to(visible.x + visible.width / 2, visible.y + visible.height / 2);
  }

  function put(
    fragment: ProjectDocument,
    label: string,
    near: (block: Bounds) => { x: number; y: number },
  ): void {
    const { document } = documents.store.getState();
    const pasted = pasteFragment(document, fragment, {
      newAssetId: () => asAssetId(newId()),
      newNoteId: () => asNoteId(newId()),
      newUnitId: () => asUnitId(newId()),
      newCheckId: () => asCheckId(newId()),
    });
    const block = boxesOf(fragment, fragment.assets.keys(), fragment.notes.keys());
    if (block.length === 0) return;
    // Assets may lie on a note; notes lie on nothing.
    const notesToo = fragment.assets.size === 0 ? document.notes.keys() : [];
    const taken = boxesOf(document, document.assets.keys(), notesToo);
    const offset = freeBlockOffset(block, taken, near(boundsOf(block)));
    const moved = <T extends { readonly position: { readonly x: number; readonly y: number } }>(
      item: T,
    ): T => ({
      ...item,
      position: { x: item.position.x + offset.x, y: item.position.y + offset.y },
    });
    const assets = pasted.assets.map(moved);
    const notes = pasted.notes.map(moved);
    const units = pasted.units.map(moved);
    const add: Command = {
      type: 'AddAssets',
      label,
      assets,
      ...(units.length > 0 ? { units } : {}),
      ...(pasted.checks.length > 0 ? { checks: pasted.checks } : {}),
      ...(pasted.files.length > 0 ? { files: pasted.files } : {}),
      ...(notes.length > 0 ? { notes } : {}),
    };
    const modules = pasted.modules.map(({ name, body }): Command => ({ type: 'PutModule', name, body }));
    const error = documents.run(
      modules.length === 0
        ? add
        : {
            type: 'Compose',
            label: `${label} ${formatPlural(assets.length, 'asset')}`,
            commands: [...modules, add],
          },
    );
    if (error) return noticeError(error);
    selectItems(
      session,
      assets.map((asset) => asset.id),
      notes.map((note) => note.id),
    );
    canvas.setState({ selectedEdge: undefined, lastAdded: assets[assets.length - 1]?.id });
    canvas.getState().view?.show(block.map((box) => ({ ...box, x: box.x + offset.x, y: box.y + offset.y })));
  }

  // Small data files are in the text; large ones are fetched from the project that they were copied from.
  async function bringFiles(fragment: ProjectDocument): Promise<void> {
    const { projectId } = documents.store.getState();
    const large = [...fragment.files.values()].filter((file) => file.data === undefined);
    if (projectId === undefined || large.length === 0) return;
    const adopted = await services.workspace.adoptFiles(
      projectId,
      large.map((file) => file.sha256),
    );
    if (!adopted.ok) return noticeError(adopted.error);
    const missing = large.filter((file) => adopted.value.includes(file.sha256));
    if (missing.length > 0)
      noticeFault(
        `${formatPlural(missing.length, 'data file')} did not come along`,
        `${missing.map((file) => `“${file.path}”`).join(', ')}: no project in this browser has it. Choose the file again in the asset’s body tab.`,
      );
  }

  async function add(document: ProjectDocument): Promise<void> {
    await bringFiles(document);
    put(document, 'Paste', wantedOffset);
  }

  const copy = (): string | undefined => {
    const fragment = selected();
    if (!fragment) return undefined;
    noticeDone(`Copied ${formatPlural(fragment.assets.size + fragment.notes.size, 'item')}`, 'copied');
    return textOf(fragment);
  };

  return {
    copy,
    cut() {
      const fragment = selected();
      if (!fragment) return undefined;
      actions.remove([...fragment.assets.keys()], [...fragment.notes.keys()]);
      return textOf(fragment);
    },
    async paste(text) {
      if (!/^\s*\{/.test(text) || !text.includes('"headwater"'))
        return noticeFault('Nothing was pasted', 'The clipboard does not hold assets copied from a project.');
      // The file format's schema is large, and needed only now.
      const { readPastedAssets } = await import('#ui/arrivals/read-arrival.ts');
      const read = await readPastedAssets(text);
      if (!read.ok) return noticeError(read.error, 'Nothing was pasted');
      const { arrival, wholeHash } = read.value;
      await remembering;
      const isKnown =
        isOwnCopy(preferences, arrival.hash) ||
        [arrival.hash, wholeHash].some((hash) => trustedContent(preferences, hash) !== undefined);
      const { projectId, document } = documents.store.getState();
      if (isKnown) await add(arrival.document);
      else if (projectId !== undefined)
        await arrivals.showPasted({ ...arrival, into: { projectId, name: document.info.name } });
    },
    add,
    duplicate() {
      const fragment = selected();
      if (fragment) put(fragment, 'Duplicate', () => ({ x: 0, y: 0 }));
    },
  };
}
