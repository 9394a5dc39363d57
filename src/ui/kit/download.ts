// Hands a file to the browser's downloads.

const revokeAfterMs = 60_000;

export function downloadFile(name: string, content: string | Uint8Array, type: string): void {
  // A copy: bytes that came from a worker may stand on a buffer that a Blob's type does not admit.
  const part = typeof content === 'string' ? content : new Uint8Array(content);
  downloadBlob(name, new Blob([part], { type }));
}

export function downloadBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), revokeAfterMs);
}

/** A project's or file's name as a safe file name: "Seattle weather" → "seattle-weather". */
export function fileStem(name: string): string {
  const stem = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return stem === '' ? 'project' : stem.slice(0, 80);
}
