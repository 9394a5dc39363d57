// Data files that lie beside a project file. A file picker gives names without folders; the project names paths.

export interface SideFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The files under the paths that the project gives them; unknown ones keep their names. */
export function withProjectPaths(projectText: string, files: readonly SideFile[]): readonly SideFile[] {
  if (files.length === 0) return files;
  const pathByName = new Map(pathsOf(projectText).map((path) => [fileName(path), path]));
  return files.map((file) => ({ ...file, path: pathByName.get(fileName(file.path)) ?? file.path }));
}

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

// What is wrong with the text is for the import to say.
function pathsOf(projectText: string): readonly string[] {
  try {
    const { files } = JSON.parse(projectText) as { files?: unknown };
    return Array.isArray(files)
      ? files.map((file: { path?: unknown } | null) => file?.path).filter((path) => typeof path === 'string')
      : [];
  } catch {
    return [];
  }
}
