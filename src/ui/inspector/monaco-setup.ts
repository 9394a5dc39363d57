// Monaco as this app uses it: TypeScript only, workers bundled with the app, our colours, and the few
// declarations that a body may rely on. Loaded with the first editor, never before.

import 'monaco-editor/features/register.all.js';
import 'monaco-editor/languages/definitions/typescript/register.js';
import * as monaco from 'monaco-editor/editor/editor.api.js';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import {
  getTypeScriptWorker,
  ModuleKind,
  ModuleResolutionKind,
  ScriptTarget,
  typescriptDefaults,
} from 'monaco-editor/languages/features/typescript/register.js';
import { ignoredDiagnostics, resourceModule, resourceTypes } from '#engine/checked-body.ts';
import type { Resource, SharedModule } from '#model/document.ts';
import { bodyLibrary } from '#sdk/body-library.ts';
import TypeScriptWorker from './body-types.worker.ts?worker';

export { monaco };

let isReady = false;

/** Sets Monaco up once per page; cheap to call again. */
export function setUpMonaco(): void {
  if (isReady) return;
  isReady = true;
  globalThis.MonacoEnvironment = {
    getWorker: (_id, label) => (label === 'typescript' ? new TypeScriptWorker() : new EditorWorker()),
  };
  typescriptDefaults.setCompilerOptions({
    target: ScriptTarget.ESNext,
    module: ModuleKind.ESNext,
    moduleResolution: ModuleResolutionKind.NodeJs,
    lib: ['lib.esnext.d.ts'],
    strict: true,
    useUnknownInCatchVariables: false,
    allowImportingTsExtensions: true,
    baseUrl: 'file:///',
    paths: { '#lib/*': ['lib/*'], '#resource/*': ['resource/*'] },
    noEmit: true,
    isolatedModules: true,
    // Lines of the scratchpad have no exports, and await all the same.
    moduleDetection: 3,
  });
  typescriptDefaults.setDiagnosticsOptions({
    noSuggestionDiagnostics: false,
    diagnosticCodesToIgnore: [...ignoredDiagnostics],
  });
  // Renaming and formatting know of other bodies and of the document: see body-language.ts.
  typescriptDefaults.setModeConfiguration({
    completionItems: true,
    hovers: true,
    documentSymbols: true,
    definitions: true,
    references: true,
    documentHighlights: true,
    rename: false,
    diagnostics: true,
    documentRangeFormattingEdits: true,
    signatureHelp: true,
    onTypeFormattingEdits: true,
    codeActions: true,
    inlayHints: false,
  });
  typescriptDefaults.setEagerModelSync(true);
  typescriptDefaults.addExtraLib(bodyLibrary, 'file:///headwater.d.ts');
  defineThemes();
}

let scratchLibrary: monaco.IDisposable | undefined;

/** Declares `load` while lines of the scratchpad are typed; undefined takes it back. */
export function showScratchTypes(text: string | undefined): void {
  scratchLibrary?.dispose();
  scratchLibrary =
    text === undefined ? undefined : typescriptDefaults.addExtraLib(text, 'file:///scratch-load.d.ts');
}

const openModules = new Map<string, { readonly text: string; readonly close: monaco.IDisposable }>();

/** Tells TypeScript about what bodies share: the modules that they import, and the resources of their context. */
export function showShared(
  modules: ReadonlyMap<string, SharedModule>,
  resources: ReadonlyMap<string, Resource>,
): void {
  const texts = new Map([['resources.d.ts', resourceTypes(resources.keys())]]);
  for (const { name, body } of modules.values()) texts.set(`lib/${name}.ts`, body);
  for (const { key, body } of resources.values()) texts.set(`${resourceModule(key).slice(1)}.ts`, body);
  for (const [path, { text, close }] of openModules)
    if (texts.get(path) !== text) {
      close.dispose();
      openModules.delete(path);
    }
  for (const [path, text] of texts)
    if (!openModules.has(path))
      openModules.set(path, { text, close: typescriptDefaults.addExtraLib(text, `file:///${path}`) });
}

let openTypes = '';

/** Tells TypeScript what the open body is given: the text of `bodyTypes`. */
export function showTypes(library: string): void {
  if (library === openTypes) return;
  openTypes = library;
  typescriptDefaults.addExtraLib(library, 'file:///types.d.ts');
}

/** TypeScript's own worker, once it runs. */
export async function typeScriptOf(model: monaco.editor.ITextModel): Promise<TypeScriptWorkerApi> {
  const workerOf = await getTypeScriptWorker();
  return workerOf(model.uri);
}

type TypeScriptWorkerApi = Awaited<ReturnType<Awaited<ReturnType<typeof getTypeScriptWorker>>>>;

/** Brackets in the colour of the text: six colours of them say nothing. */
const plainBrackets = (colour: string): Record<string, string> =>
  Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`editorBracketHighlight.foreground${n}`, colour]));

function defineThemes(): void {
  monaco.editor.defineTheme('headwater-light', {
    base: 'vs',
    inherit: true,
    rules: [
      { token: 'comment', foreground: '677282' },
      { token: 'keyword', foreground: '6b4fc0' },
      { token: 'string', foreground: '177a49' },
      { token: 'number', foreground: 'a94e0c' },
      { token: 'regexp', foreground: 'a94e0c' },
      { token: 'type', foreground: '0a7680' },
    ],
    colors: {
      ...plainBrackets('#1a212b'),
      'editor.background': '#ffffff',
      'editor.foreground': '#1a212b',
      'editorLineNumber.foreground': '#98a3b0',
      'editorLineNumber.activeForeground': '#4d5967',
      'editor.lineHighlightBackground': '#f5f7fa',
      'editor.selectionBackground': '#c9e8ea',
      'editor.inactiveSelectionBackground': '#e4f4f5',
      'editorIndentGuide.background1': '#eef1f5',
      'editorCursor.foreground': '#0a7680',
      'editorWidget.background': '#ffffff',
      'editorSuggestWidget.highlightForeground': '#0a7680',
      'editorSuggestWidget.focusHighlightForeground': '#0a7680',
      'editorWidget.border': '#cfd6de',
      'editorSuggestWidget.selectedBackground': '#e1f2f3',
      'editorSuggestWidget.selectedForeground': '#1a212b',
      'scrollbarSlider.background': '#cfd6de88',
      focusBorder: '#0a7680',
    },
  });
  monaco.editor.defineTheme('headwater-dark', {
    base: 'vs-dark',
    inherit: true,
    rules: [
      { token: 'comment', foreground: '838f9d' },
      { token: 'keyword', foreground: 'ab97f2' },
      { token: 'string', foreground: '4fc28b' },
      { token: 'number', foreground: 'f0995a' },
      { token: 'regexp', foreground: 'f0995a' },
      { token: 'type', foreground: '3fbdc6' },
    ],
    colors: {
      ...plainBrackets('#e4e9ef'),
      'editor.background': '#161b22',
      'editor.foreground': '#e4e9ef',
      'editorLineNumber.foreground': '#5b6775',
      'editorLineNumber.activeForeground': '#a5b0bd',
      'editor.lineHighlightBackground': '#1c222b',
      'editor.selectionBackground': '#17484f',
      'editor.inactiveSelectionBackground': '#10343a',
      'editorIndentGuide.background1': '#262d37',
      'editorCursor.foreground': '#3fbdc6',
      'editorWidget.background': '#1c222b',
      'editorSuggestWidget.highlightForeground': '#3fbdc6',
      'editorSuggestWidget.focusHighlightForeground': '#3fbdc6',
      'editorWidget.border': '#384250',
      'editorSuggestWidget.selectedBackground': '#10343a',
      'editorSuggestWidget.selectedForeground': '#e4e9ef',
      'scrollbarSlider.background': '#38425088',
      focusBorder: '#3fbdc6',
    },
  });
}
