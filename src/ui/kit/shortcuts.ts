// Every key of the app with what it does, for tooltips, menus and the sheet of shortcuts.

export interface Shortcut {
  /** "Mod" is Ctrl, or ⌘ on a Mac. Alternatives are set apart by " / ". */
  readonly keys: string;
  readonly does: string;
}

export const shortcuts = {
  palette: { keys: 'Mod+K', does: 'Command palette' },
  help: { keys: '?', does: 'Keyboard shortcuts' },
  undo: { keys: 'Mod+Z', does: 'Undo' },
  redo: { keys: 'Mod+Shift+Z', does: 'Redo' },
  save: { keys: 'Mod+S', does: 'Say whether everything is saved' },

  addAsset: { keys: 'A', does: 'Add asset' },
  addNote: { keys: 'N', does: 'Add note' },
  rename: { keys: 'F2', does: 'Rename asset' },
  open: { keys: 'Enter', does: 'Open in the inspector' },
  delete: { keys: 'Del', does: 'Delete' },
  deleteAndReconnect: { keys: 'Alt+Del', does: 'Delete and reconnect' },
  copy: { keys: 'Mod+C', does: 'Copy' },
  cut: { keys: 'Mod+X', does: 'Cut' },
  paste: { keys: 'Mod+V', does: 'Paste' },
  duplicate: { keys: 'Mod+D', does: 'Duplicate' },
  nudge: { keys: '← ↑ → ↓', does: 'Move the selection; with Shift by more' },

  selectAll: { keys: 'Mod+A', does: 'Select all' },
  boxSelect: { keys: 'Shift+drag', does: 'Select what a box touches' },
  addToSelection: { keys: 'Shift+click', does: 'Add to the selection' },
  dragSelects: { keys: 'S', does: 'Drag selects instead of panning' },
  walk: { keys: 'Alt+← / Alt+→', does: 'Go to the asset upstream or downstream' },
  search: { keys: '/ / Mod+F', does: 'Find on the canvas' },
  stepBack: { keys: 'Esc', does: 'Step back: close, or select nothing' },

  layOut: { keys: 'L', does: 'Lay out' },
  outline: { keys: 'O', does: 'Outline: the graph as a tree' },
  showValues: { keys: 'V', does: 'Show values on the nodes' },
  fit: { keys: 'F', does: 'Zoom to fit' },
  zoomIn: { keys: '+', does: 'Zoom in' },
  zoomOut: { keys: '-', does: 'Zoom out' },

  materializeSelected: { keys: 'Mod+Enter', does: 'Materialize selected' },
  materializeAll: { keys: 'Mod+Shift+Enter', does: 'Materialize all' },
  previewPlan: { keys: 'P', does: 'Preview plan' },
} as const satisfies Readonly<Record<string, Shortcut>>;

export type ShortcutName = keyof typeof shortcuts;

export const shortcutSections: readonly {
  readonly title: string;
  readonly names: readonly ShortcutName[];
}[] = [
  { title: 'Everywhere', names: ['palette', 'help', 'undo', 'redo', 'save'] },
  {
    title: 'Edit',
    names: [
      'addAsset',
      'addNote',
      'rename',
      'open',
      'delete',
      'deleteAndReconnect',
      'copy',
      'cut',
      'paste',
      'duplicate',
      'nudge',
    ],
  },
  {
    title: 'Select and find',
    names: ['selectAll', 'boxSelect', 'addToSelection', 'dragSelects', 'walk', 'search', 'stepBack'],
  },
  { title: 'View', names: ['outline', 'layOut', 'showValues', 'fit', 'zoomIn', 'zoomOut'] },
  { title: 'Run', names: ['materializeSelected', 'materializeAll', 'previewPlan'] },
];
