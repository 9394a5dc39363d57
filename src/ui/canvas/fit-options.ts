// How "Zoom to fit" frames the graph. Hidden nodes count: from afar a large graph is drawn without its nodes.

// The sides keep clear of the toolbars.
export const fitOptions = {
  padding: { top: '72px', right: '32px', bottom: '48px', left: '64px' },
  maxZoom: 1,
  includeHiddenNodes: true,
} as const;
