// How "Zoom to fit" frames the graph. Hidden nodes count: from afar a large graph is drawn without its nodes.

export const fitOptions = { padding: 0.15, maxZoom: 1, includeHiddenNodes: true };
