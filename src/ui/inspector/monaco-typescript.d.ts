// What Monaco ships without types: the worker that its TypeScript runs in.

declare module 'monaco-editor/language/typescript/ts.worker.js' {
  import type { Diagnostic } from 'monaco-editor/languages/features/typescript/register.js';

  interface TextChange {
    readonly span: { readonly start: number; readonly length: number };
    readonly newText: string;
  }
  interface LanguageService {
    getFormattingEditsForRange(file: string, start: number, end: number, options: object): TextChange[];
    getFormattingEditsForDocument(file: string, options: object): TextChange[];
    getFormattingEditsAfterKeystroke(file: string, at: number, key: string, options: object): TextChange[];
  }
  interface Snapshot {
    getText(start: number, end: number): string;
    getLength(): number;
    getChangeRange(): undefined;
  }

  export class TypeScriptWorker {
    constructor(context: unknown, createData: unknown);
    _getScriptText(file: string): string | undefined;
    getScriptSnapshot(file: string): Snapshot | undefined;
    getSyntacticDiagnostics(file: string): Promise<Diagnostic[]>;
    getSemanticDiagnostics(file: string): Promise<Diagnostic[]>;
    getSuggestionDiagnostics(file: string): Promise<Diagnostic[]>;
    getCompletionsAtPosition(
      file: string,
      position: number,
    ): Promise<{ entries: { readonly name: string }[] } | undefined>;
    getQuickInfoAtPosition(file: string, position: number): Promise<unknown>;
    getFormattingEditsForDocument(file: string, options: object): Promise<TextChange[]>;
    getFormattingEditsForRange(
      file: string,
      start: number,
      end: number,
      options: object,
    ): Promise<TextChange[]>;
    getFormattingEditsAfterKeystroke(
      file: string,
      position: number,
      key: string,
      options: object,
    ): Promise<TextChange[]>;
  }
  export function initialize(create: (context: unknown, createData: unknown) => unknown): void;
  export const ts: { createLanguageService(host: object): LanguageService };
}
