// One file of the code: read, compared with the last export, or edited.

import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { isEditable } from '#interop/typescript/edit-project.ts';
import { type LineRange, projectFile } from '#interop/typescript/file-places.ts';
import type { ProjectDocument } from '#model/document.ts';
import type { ProjectId } from '#model/ids.ts';
import { EmptyState } from '#ui/kit/panel-state.tsx';
import { CodeEdit } from './code-edit.tsx';
import css from './code-page.module.css';
import { CodeChanges, CodeView } from './code-view.tsx';
import { CopyButton } from './copy-button.tsx';
import type { FileChange } from './use-export-changes.ts';

interface FilePaneProps {
  readonly projectId: ProjectId;
  readonly document: ProjectDocument;
  readonly path: string;
  /** The lines that what is selected is about. */
  marksIn(text: string): LineRange | undefined;
  /** Shown in the place of the text. */
  readonly change: FileChange | undefined;
}

export function FilePane({ projectId, document, path, marksIn, change }: FilePaneProps) {
  const [isEditing, setIsEditing] = useState(false);
  const navigate = useNavigate();
  const file = useMemo(() => projectFile(document, path), [document, path]);
  const show = (place: string) => {
    setIsEditing(false);
    if (place !== path) void navigate({ to: '/p/$projectId/code/$', params: { projectId, _splat: place } });
  };
  if (!file && !change)
    return (
      <EmptyState title={`There is no file “${path}”`}>
        What it held may have been renamed or deleted. Choose another file on the left.
      </EmptyState>
    );
  return (
    <div className={css.column}>
      <div className={css.fileHead}>
        <span className={css.path} title={path}>
          {path}
        </span>
        {file && !change && !isEditing && isEditable(document, path) ? (
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
            isCode={path.endsWith('.ts')}
            marked={marksIn(file.text)}
          />
        ) : null}
      </div>
    </div>
  );
}
