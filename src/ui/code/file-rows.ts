// Paths as the rows of a tree: folders first, then files, each under its folder.

export interface FileRow {
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  readonly isFolder: boolean;
}

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: string[];
}

const emptyFolder = (): Folder => ({ folders: new Map(), files: [] });

export function fileRows(paths: readonly string[]): readonly FileRow[] {
  const root = emptyFolder();
  for (const path of paths) {
    const parts = path.split('/');
    const name = parts.pop() ?? path;
    let folder = root;
    for (const part of parts) {
      const inner = folder.folders.get(part) ?? emptyFolder();
      folder.folders.set(part, inner);
      folder = inner;
    }
    folder.files.push(name);
  }
  const rows: FileRow[] = [];
  const walk = ({ folders, files }: Folder, prefix: string, depth: number): void => {
    for (const [name, inner] of [...folders].sort(([a], [b]) => (a < b ? -1 : 1))) {
      rows.push({ path: `${prefix}${name}`, name, depth, isFolder: true });
      walk(inner, `${prefix}${name}/`, depth + 1);
    }
    for (const name of [...files].sort())
      rows.push({ path: `${prefix}${name}`, name, depth, isFolder: false });
  };
  walk(root, '', 0);
  return rows;
}
