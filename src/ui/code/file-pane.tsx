// One file of the code: read, compared with the last export, or edited.

import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { CodeTarget, ProjectCode } from '#interop/project-code.ts';
import { isEditable } from '#interop/typescript/edit-project.ts';
import type { LineRange } from '#interop/typescript/file-places.ts';
import type { ProjectDocument } from '#model/document.ts';
import type { ProjectId } from '#model/ids.ts';
import links from '#ui/kit/links.module.css';
import { EmptyState } from '#ui/kit/panel-state.tsx';
import { CodeEdit } from './code-edit.tsx';
import css from './code-page.module.css';
import { languageOf } from './code-spans.ts';
import { fileSearchOf } from './code-target.ts';
import { CodeChanges, CodeView } from './code-view.tsx';
import { CopyButton } from './copy-button.tsx';
import type { FileChange } from './use-export-changes.ts';

interface FilePaneProps {
  readonly projectId: ProjectId;
  readonly document: ProjectDocument;
  readonly code: ProjectCode;
  readonly target: CodeTarget;
  readonly path: string;
  /** The lines that what is selected is about. */
  marksIn(text: string): LineRange | undefined;
  /** Shown in the place of the text. */
  readonly change: FileChange | undefined;
}

export function FilePane({ projectId, document, code, target, path, marksIn, change }: FilePaneProps) {
  const [isEditing, setIsEditing] = useState(false);
  const navigate = useNavigate();
  const file = useMemo(() => code.file(path), [code, path]);
  const show = (place: string) => {
    setIsEditing(false);
    if (place !== path)
      void navigate({
        to: '/p/$projectId/code/$',
        params: { projectId, _splat: place },
        search: fileSearchOf(target),
      });
  };
  if (!file && !change)
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
        {isTypeScript && file && !change && !isEditing && isEditable(document, path) ? (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPencil size={14} stroke={1.5} />}
            onClick={() => setIsEditing(true)}
          >
            Edit
          </Button>
        ) : null}
        {file ? <CopyButton text={file.text} what="the file" /> : null}
      </div>
      <div className={css.code}>
        {change ? (
          <CodeChanges {...change} label={`Changes of ${path}`} />
        ) : isEditing && file ? (
          <CodeEdit path={path} text={file.text} onDone={show} />
        ) : file ? (
          <CodeView
            text={file.text}
            label={`Code of ${path}`}
            language={languageOf(path)}
            marked={marksIn(file.text)}
          />
        ) : null}
      </div>
    </div>
  );
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
