// What is known of the project's types: kept in step with the document, and with the columns of materialized
// tables that no code describes. The work is done behind the port; nothing here waits for it.

import { createStore, type StoreApi } from 'zustand/vanilla';
import { createTypesFeed } from '#engine/typed-assets.ts';
import type { TypedColumn, TypedId, TypeProblem, TypesEvent, TypesPort } from '#engine/types-port.ts';
import type { WorkspacePort } from '#engine/workspace-port.ts';
import type { Asset, ColumnType } from '#model/document.ts';
import type { ValueRef } from '#model/events.ts';
import type { AssetId } from '#model/ids.ts';
import type { DocumentStore } from './document-store.ts';
import type { RunsStore } from './runs-store.ts';

export interface TypesState {
  /** The type of each value, as a consumer gets it. */
  readonly outputs: ReadonlyMap<TypedId, string>;
  /** Of each body that has some. */
  readonly problems: ReadonlyMap<TypedId, readonly TypeProblem[]>;
  /** By `typeEdge`: what is wrong with the type that comes in through an edge. */
  readonly badEdges: ReadonlyMap<string, TypeProblem>;
  /** How many assets are still to be checked; undefined before the first has been. */
  readonly left: number | undefined;
  /** Why types are not checked any more. */
  readonly failure: string | undefined;
}

export interface TypesStore {
  readonly store: StoreApi<TypesState>;
  readonly port: Pick<TypesPort, 'focus' | 'renameField' | 'followRename'>;
}

export interface TypesStoreDeps {
  readonly port: TypesPort;
  readonly documents: DocumentStore;
  readonly runs: RunsStore;
  readonly workspace: Pick<WorkspacePort, 'preview'>;
}

export const typeEdge = (from: TypedId, to: AssetId): string => `${from} ${to}`;

/** Before anything is known. */
export const noTypes: TypesState = {
  outputs: new Map(),
  problems: new Map(),
  badEdges: new Map(),
  left: undefined,
  failure: undefined,
};

export function createTypesStore({ port, documents, runs, workspace }: TypesStoreDeps): TypesStore {
  const store = createStore<TypesState>(() => noTypes);
  const feed = createTypesFeed();
  /** Columns that materialized tables were found to have, by asset. */
  let columns = new Map<AssetId, { readonly hash: string; readonly columns: readonly TypedColumn[] }>();
  let projectId = documents.store.getState().projectId;

  const columnsOf = (asset: Asset) => schemaColumns(asset) ?? columns.get(asset.id)?.columns;

  function showProject(): void {
    if (projectId === undefined) return;
    const change = feed.changeTo(documents.store.getState().graph, columnsOf);
    if (!change) return;
    if (change.gone.length > 0) forget(change.gone);
    port.show(change);
  }

  function forget(ids: readonly TypedId[]): void {
    const outputs = new Map(store.getState().outputs);
    const problems = new Map(store.getState().problems);
    for (const id of ids) {
      outputs.delete(id);
      problems.delete(id);
    }
    store.setState({ outputs, problems, badEdges: badEdgesOf(problems) });
  }

  function take(event: TypesEvent): void {
    if (event.type === 'failed') return store.setState({ failure: event.message });
    const outputs = new Map(store.getState().outputs);
    const problems = new Map(store.getState().problems);
    let hasOtherProblems = false;
    for (const result of event.results) {
      const { id } = result;
      // Of what is gone, or of a project that has been closed since.
      if (!feed.knows(id)) continue;
      outputs.set(id, result.output);
      hasOtherProblems ||= result.problems.length > 0 || problems.has(id);
      if (result.problems.length > 0) problems.set(id, result.problems);
      else problems.delete(id);
    }
    store.setState({
      left: event.left,
      ...(event.results.length > 0 ? { outputs } : {}),
      ...(hasOtherProblems ? { problems, badEdges: badEdgesOf(problems) } : {}),
    });
  }

  /** Reads the columns of a table that nothing else describes. */
  async function look(asset: Asset, value: ValueRef): Promise<void> {
    const project = projectId;
    if (project === undefined || columns.get(asset.id)?.hash === value.hash) return;
    columns.set(asset.id, { hash: value.hash, columns: [] });
    const preview = await workspace.preview(project, value);
    if (project !== projectId || preview.type !== 'table') return;
    columns.set(asset.id, {
      hash: value.hash,
      columns: preview.columns.map(({ name, type }) => ({ name, type: valueTypes[type] ?? 'any' })),
    });
    showProject();
  }

  port.subscribe(take);
  documents.store.subscribe((state, before) => {
    if (state.projectId !== before.projectId) {
      projectId = state.projectId;
      columns = new Map();
      feed.reset();
      store.setState(noTypes, true);
    }
    // Assets that only moved have the edges they had.
    const isOther =
      state.graph.edges !== before.graph.edges ||
      state.document.modules !== before.document.modules ||
      state.document.resources !== before.document.resources ||
      state.document.checks !== before.document.checks;
    if (isOther || state.projectId !== before.projectId) showProject();
  });
  runs.store.subscribe(({ states }, before) => {
    if (states === before.states) return;
    for (const asset of documents.store.getState().document.assets.values()) {
      if (asset.kind === 'asset' || schemaColumns(asset)) continue;
      const value = states.get(asset.id)?.latest?.value;
      if (value && value !== before.states.get(asset.id)?.latest?.value)
        look(asset, value).catch(() => columns.delete(asset.id));
    }
  });
  return { store, port };
}

function badEdgesOf(problems: TypesState['problems']): TypesState['badEdges'] {
  const bad = new Map<string, TypeProblem>();
  for (const list of problems.values())
    for (const problem of list) {
      if (!problem.input) continue;
      const edge = typeEdge(problem.input.from, problem.assetId);
      if (!bad.has(edge)) bad.set(edge, problem);
    }
  return bad;
}

/** Types of columns as the preview of a value names them. */
const valueTypes: Readonly<Record<string, string>> = {
  boolean: 'boolean',
  integer: 'number',
  number: 'number',
  date: 'Date',
  text: 'string',
};

const schemaTypes: Readonly<Record<ColumnType, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  date: 'Date',
  timestamp: 'Date',
  json: 'any',
};

function schemaColumns(asset: Asset): readonly TypedColumn[] | undefined {
  if (asset.kind !== 'file') return undefined;
  return asset.schema?.map(({ name, type, nullable }) => ({
    name,
    type: `${schemaTypes[type]}${nullable ? ' | null' : ''}`,
  }));
}
