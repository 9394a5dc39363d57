// Takes project files and backups that are dropped anywhere on the page.

import { IconFileImport } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import css from './file-drop.module.css';
import {
  isBackupFile,
  isCarrierFile,
  isProjectFile,
  isZipFile,
  useProjectActions,
} from './use-project-actions.ts';

const mayBeOpened = [isProjectFile, isBackupFile, isZipFile, isCarrierFile];

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

export function FileDrop() {
  const actions = useProjectActions();
  const [isOver, setIsOver] = useState(false);

  useEffect(() => {
    // Listens last: a panel may take files itself (data files on the canvas) and prevents the default then.
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      setIsOver(!event.defaultPrevented);
      event.preventDefault();
    };
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setIsOver(false);
      if (!hasFiles(event) || event.defaultPrevented) return;
      // Otherwise the browser leaves the app to show the file.
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.some((file) => mayBeOpened.some((is) => is(file)))) void actions.openFiles(files);
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [actions]);

  if (!isOver) return null;
  return (
    <div className={css.cover} aria-hidden>
      <div className={css.card}>
        <IconFileImport size={28} stroke={1.5} />
        Drop a project file, a TypeScript project (zip), a backup, or a picture, page or text that carries a
        project
      </div>
    </div>
  );
}
