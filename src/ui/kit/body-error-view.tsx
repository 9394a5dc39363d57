// A failure of a body: what it says, the place in the user's own source as a link, the stack, the cause.

import { useNavigate } from '@tanstack/react-router';
import type { BodyError, SourcePosition } from '#model/events.ts';
import { readOpStepKey } from '#model/op-graph.ts';
import { revealInBody } from '#state/session-store.ts';
import css from './body-error-view.module.css';
import { MetadataTable } from './metadata-table.tsx';
import { useDocument, useServices } from './services.tsx';

/** "orders · line 3, column 5": opens the editor there. */
export function SourceLink({ position }: { readonly position: SourcePosition }) {
  const { session } = useServices();
  const navigate = useNavigate();
  const projectId = useDocument((state) => state.projectId);
  const assetId = useDocument((state) =>
    position.assetKey === undefined ? undefined : state.graph.idByKey.get(position.assetKey),
  );
  const op = readOpStepKey(position.assetKey);
  const unit = useDocument(({ document }) => {
    for (const each of op ? document.units.values() : [])
      if (each.kind === 'graph' && each.name === op?.graph) return each;
    return undefined;
  });
  const maker = useDocument(({ graph }) => unit && graph.outputsByUnit.get(unit.id)?.[0]);
  const where = position.assetKey ?? (position.module === undefined ? 'body' : `#lib/${position.module}.ts`);
  const text = `${where} · line ${position.line}, column ${position.column}`;
  if (op && unit && maker !== undefined && projectId !== undefined)
    return (
      <button
        type="button"
        className={css.link}
        onClick={() => {
          session.setState({
            reveal: { assetId: maker, op: op.op, line: position.line, column: position.column },
          });
          void navigate({
            to: '/p/$projectId/graph/$unitId',
            params: { projectId, unitId: unit.id },
            search: { op: op.op },
          });
        }}
      >
        {text}
      </button>
    );
  if (assetId === undefined || projectId === undefined) return <span className={css.place}>{text}</span>;
  return (
    <button
      type="button"
      className={css.link}
      onClick={() => {
        revealInBody(session, assetId, position.line, position.column);
        void navigate({ to: '/p/$projectId/graph', params: { projectId } });
      }}
    >
      {text}
    </button>
  );
}

export function BodyErrorView({ error }: { readonly error: BodyError }) {
  return (
    <div className={css.error}>
      <div className={css.message}>
        <strong>{error.name}</strong>: {error.message}
      </div>
      {error.position === undefined ? null : <SourceLink position={error.position} />}
      {error.stack === undefined || error.stack.length === 0 ? null : (
        <pre className={css.stack}>{error.stack.join('\n')}</pre>
      )}
      {error.metadata === undefined || Object.keys(error.metadata).length === 0 ? null : (
        <MetadataTable entries={error.metadata} />
      )}
      {error.cause === undefined ? null : (
        <div className={css.cause}>
          <div className={css.label}>Caused by</div>
          <BodyErrorView error={error.cause} />
        </div>
      )}
    </div>
  );
}
