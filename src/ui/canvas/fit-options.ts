// How "Zoom to fit" frames the graph. Hidden nodes count: from afar a large graph is drawn without its nodes.

// The sides keep clear of the toolbars.
export const fitOptions = {
  padding: { top: '72px', right: '32px', bottom: '48px', left: '64px' },
  maxZoom: 1,
  includeHiddenNodes: true,
} as const;

/** The same, clear of a palette that is unfolded. */
export function fitBesidePalette() {
  const palette = document.querySelector('[data-overlay="left"]')?.getBoundingClientRect().width ?? 0;
  return {
    ...fitOptions,
    padding: { ...fitOptions.padding, left: `${Math.max(64, Math.round(palette) + 28)}px` as const },
  };
}
