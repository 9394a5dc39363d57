// One file of the code: read, compared with the last export, or edited.

import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { FileChange } from '#interop/code-port.ts';
import type { CodeTarget, ProjectCode } from '#interop/project-code.ts';
import { isEditable } from '#interop/typescript/edit-project.ts';
import type { ProjectDocument } from '#model/document.ts';
import type { AssetId, ProjectId } from '#model/ids.ts';
import links from '#ui/kit/links.module.css';
import { EmptyState, LoadingState } from '#ui/kit/panel-state.tsx';
import { CodeEdit } from './code-edit.tsx';
import css from './code-page.module.css';
import { languageOf } from './code-spans.ts';
import { fileSearchOf } from './code-target.ts';
import { CodeChanges, CodeView } from './code-view.tsx';
import { CopyButton } from './copy-button.tsx';

interface FilePaneProps {
  readonly projectId: ProjectId;
  readonly document: ProjectDocument;
  readonly code: ProjectCode;
  /** A newer one is being written. */
  readonly isBehind: boolean;
  readonly target: CodeTarget;
  readonly path: string;
  /** The lines about these are marked. */
  readonly selected: ReadonlySet<AssetId>;
  /** Shown in the place of the text. */
  readonly change: FileChange | undefined;
}

export function FilePane(props: FilePaneProps) {
  const { projectId, document, code, isBehind, target, path, selected, change } = props;
  const [isEditing, setIsEditing] = useState(false);
  const navigate = useNavigate();
  const text = code.texts.get(path);
  const show = (place: string) => {
    setIsEditing(false);
    if (place !== path)
      void navigate({
        to: '/p/$projectId/code/$',
        params: { projectId, _splat: place },
        search: fileSearchOf(target),
      });
  };
  // An edit that moves a file leads to where it lies before the code is written anew.
  if (text === undefined && !change && isBehind) return <LoadingState label="Writing the code" />;
  if (text === undefined && !change)
    return (
      <EmptyState title={`There is no file “${path}”`}>
        What it held may have been renamed or deleted. Choose another file on the left.
      </EmptyState>
    );
  const isTypeScript = target.type === 'typescript';
  return (
    <div className={css.column}>
      <div className={css.fileHead}>
        <span className={css.path} title={path}>
          {path}
        </span>
        {isTypeScript || change ? null : <ReadOnly {...{ projectId, document, code, path }} />}
        {isTypeScript && text !== undefined && !change && !isEditing && isEditable(document, path) ? (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPencil size={14} stroke={1.5} />}
            disabled={isBehind}
            onClick={() => setIsEditing(true)}
          >
            Edit
          </Button>
        ) : null}
        {text === undefined ? null : <CopyButton text={text} what="the file" />}
      </div>
      <div className={css.code}>
        {change ? (
          <CodeChanges {...change} label={`Changes of ${path}`} />
        ) : text === undefined ? null : isEditing ? (
          <CodeEdit path={path} text={text} onDone={show} />
        ) : (
          <CodeView
            text={text}
            label={`Code of ${path}`}
            language={languageOf(path)}
            marked={marksOf(code, selected, path, text)}
          />
        )}
      </div>
    </div>
  );
}

function marksOf(code: ProjectCode, selected: ReadonlySet<AssetId>, path: string, text: string) {
  for (const id of selected) {
    const lines = code.linesOf(id, path, text);
    if (lines) return lines;
  }
  return undefined;
}

type ReadOnlyProps = Pick<FilePaneProps, 'projectId' | 'document' | 'code' | 'path'>;

/** Why a file of a Dagster project is not edited here, and where it can be. */
function ReadOnly({ projectId, document, code, path }: ReadOnlyProps) {
  const { typescriptFolder } = code;
  const own = path.startsWith(typescriptFolder) ? path.slice(typescriptFolder.length) : undefined;
  if (own !== undefined && isEditable(document, own))
    return (
      <Link
        className={`${links.link} ${css.hint}`}
        to="/p/$projectId/code/$"
        params={{ projectId, _splat: own }}
        search={fileSearchOf({ type: 'typescript' })}
      >
        Edit in the TypeScript project
      </Link>
    );
  return (
    <span
      className={css.hint}
      title="Python is written, never read back: what is changed in it would be lost here."
    >
      Read only: written from the graph
    </span>
  );
}
