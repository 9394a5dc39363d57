// Monaco as its own examples set it up, with the compiler options of the app and one file.

import 'monaco-editor/features/register.all.js';
import 'monaco-editor/languages/definitions/typescript/register.js';
import * as monaco from 'monaco-editor/editor/editor.api.js';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import TypeScriptWorker from 'monaco-editor/language/typescript/ts.worker.js?worker';
import {
  ModuleKind,
  ModuleResolutionKind,
  ScriptTarget,
  typescriptDefaults,
} from 'monaco-editor/languages/features/typescript/register.js';

export function openEditor(place: HTMLElement, text: string): void {
  globalThis.MonacoEnvironment = {
    getWorker: (_id, label) => (label === 'typescript' ? new TypeScriptWorker() : new EditorWorker()),
  };
  typescriptDefaults.setCompilerOptions({
    target: ScriptTarget.ESNext,
    module: ModuleKind.ESNext,
    moduleResolution: ModuleResolutionKind.NodeJs,
    lib: ['lib.esnext.d.ts'],
    strict: true,
    noEmit: true,
    isolatedModules: true,
  });
  // Alone, nothing says what the parameters are.
  typescriptDefaults.setDiagnosticsOptions({ diagnosticCodesToIgnore: [7031, 7006] });
  const model = monaco.editor.createModel(text, 'typescript', monaco.Uri.parse('file:///alone.ts'));
  monaco.editor.create(place, { model, automaticLayout: true });
}
