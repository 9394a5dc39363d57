/** Where the benchmark graphs' assets stand: rows of a hundred. */
export const gridPlace = (index: number): { readonly x: number; readonly y: number } => ({
  x: (index % 100) * 280,
  y: Math.floor(index / 100) * 112,
});
