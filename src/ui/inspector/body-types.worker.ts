// Monaco's TypeScript, reading bodies as the background check does (engine/checked-body.ts): parameters have
// the types that come along the edges. Offsets are the author's own, so nothing has to be mapped; what is said
// of the text around the body is kept back.

import { initialize, TypeScriptWorker, ts } from 'monaco-editor/language/typescript/ts.worker.js';
import type { Diagnostic } from 'monaco-editor/languages/features/typescript/register.js';
import { type CheckedBody, checkedBody, headMessage, shownSpan } from '#engine/checked-body.ts';

const bodies = 'file:///bodies/';
const isBody = (file: string) => file.startsWith(bodies);
const ownNames: ReadonlySet<string> = new Set(['$', '$B']);

class BodyWorker extends TypeScriptWorker {
  #text: string | undefined;
  #checked: CheckedBody | undefined;
  // Formatting is of the text as it stands; it reads the syntax and nothing else.
  readonly #plain = ts.createLanguageService({
    getScriptSnapshot: (file: string) => snapshotOf(super._getScriptText(file)),
    getScriptVersion: (file: string) => this.#versionOf(file),
    getScriptFileNames: () => [],
    getScriptKind: () => 3,
    getCompilationSettings: () => ({}),
    getCurrentDirectory: () => '',
    getDefaultLibFileName: () => 'lib.d.ts',
    fileExists: () => false,
    readFile: () => undefined,
  });
  #plainText = '';
  #plainVersion = 0;

  #versionOf(file: string): string {
    const text = super._getScriptText(file) ?? '';
    if (text !== this.#plainText) {
      this.#plainText = text;
      this.#plainVersion += 1;
    }
    return String(this.#plainVersion);
  }

  #checkedOf(file: string): CheckedBody | undefined {
    const text = super._getScriptText(file);
    if (text === undefined) return undefined;
    if (text !== this.#text || !this.#checked) {
      this.#text = text;
      this.#checked = checkedBody(text, `#inputs/${file.slice(bodies.length, -'.ts'.length)}`);
    }
    return this.#checked;
  }

  override _getScriptText(file: string): string | undefined {
    return isBody(file) ? this.#checkedOf(file)?.text : super._getScriptText(file);
  }

  #shown(file: string, diagnostics: Diagnostic[]): Diagnostic[] {
    const checked = isBody(file) ? this.#checkedOf(file) : undefined;
    if (!checked) return diagnostics;
    return diagnostics.flatMap((diagnostic) => {
      const { start, length, messageText } = diagnostic;
      if (start === undefined || length === undefined) return [diagnostic];
      const span = shownSpan(checked, { start, length });
      if (!span) return [];
      if (span.start === start) return isUnknownInput(diagnostic) ? [] : [{ ...diagnostic, ...span }];
      return [{ ...diagnostic, ...span, messageText: headMessage(lastOf(messageText)) }];
    });
  }

  override async getSyntacticDiagnostics(file: string): Promise<Diagnostic[]> {
    return this.#shown(file, await super.getSyntacticDiagnostics(file));
  }

  override async getSemanticDiagnostics(file: string): Promise<Diagnostic[]> {
    return this.#shown(file, await super.getSemanticDiagnostics(file));
  }

  override async getSuggestionDiagnostics(file: string): Promise<Diagnostic[]> {
    const { prefix } = this.#checkedOf(file) ?? {};
    const suggestions = await super.getSuggestionDiagnostics(file);
    return this.#shown(file, suggestions).filter(({ start }) => !prefix || start !== prefix.start);
  }

  override async getCompletionsAtPosition(file: string, position: number) {
    const found = await super.getCompletionsAtPosition(file, position);
    return found && { ...found, entries: found.entries.filter(({ name }) => !ownNames.has(name)) };
  }

  override async getQuickInfoAtPosition(file: string, position: number) {
    const { prefix } = this.#checkedOf(file) ?? {};
    if (isBody(file) && prefix && position >= prefix.start && position < prefix.end) return undefined;
    return super.getQuickInfoAtPosition(file, position);
  }

  override async getFormattingEditsForDocument(file: string, options: object) {
    return this.#plain.getFormattingEditsForDocument(file, options);
  }

  override async getFormattingEditsForRange(file: string, start: number, end: number, options: object) {
    return this.#plain.getFormattingEditsForRange(file, start, end, options);
  }

  override async getFormattingEditsAfterKeystroke(file: string, at: number, key: string, options: object) {
    return this.#plain.getFormattingEditsAfterKeystroke(file, at, key, options);
  }
}

// An input that no asset makes is a problem of the graph, told in the graph's words.
const isUnknownInput = ({ code, messageText }: Diagnostic): boolean =>
  (code === 2339 || code === 2551) &&
  typeof messageText === 'string' &&
  messageText.includes("type 'Inputs'");

function lastOf(message: Diagnostic['messageText']): string {
  if (typeof message === 'string') return message;
  const next = message.next?.at(-1);
  return next ? lastOf(next) : message.messageText;
}

const snapshotOf = (text: string | undefined) =>
  text === undefined
    ? undefined
    : {
        getText: (start: number, end: number) => text.slice(start, end),
        getLength: () => text.length,
        getChangeRange: () => undefined,
      };

self.onmessage = () => initialize((context, data) => new BodyWorker(context, data));
