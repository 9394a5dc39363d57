// What the editor offers beyond Monaco's own TypeScript: renaming that reaches into other bodies, the quick fix
// of a renamed field, and formatting of the whole body.

import type { TypedId, TypeProblem } from '#engine/types-port.ts';
import type { Services } from '#ui/kit/services.tsx';
import { monaco, typeScriptOf } from './monaco-setup.ts';
import { renameEverywhere, renameOf, rewriteBodies } from './rename-everywhere.ts';

export interface LanguageOfBody {
  readonly services: Services;
  readonly id: TypedId;
  /** Puts what was typed into the document. */
  flush(): void;
}

const openBodies = new Map<string, LanguageOfBody>();
let isReady = false;
const fixCommand = 'headwater.renameEverywhere';

/** Offers it all for a model, until the answer is called. */
export function offerLanguage(model: monaco.editor.ITextModel, body: LanguageOfBody): () => void {
  if (!isReady) {
    isReady = true;
    monaco.languages.registerRenameProvider('typescript', { provideRenameEdits });
    monaco.languages.registerCodeActionProvider('typescript', { provideCodeActions });
    monaco.editor.registerCommand(fixCommand, (_accessor, uri: string, problem: TypeProblem) => {
      const open = openBodies.get(uri);
      if (open) void renameEverywhere(open.services, problem);
    });
  }
  const uri = model.uri.toString();
  openBodies.set(uri, body);
  return () => {
    if (openBodies.get(uri) === body) openBodies.delete(uri);
  };
}

interface RenameLocation {
  readonly fileName: string;
  readonly textSpan: { readonly start: number; readonly length: number };
  readonly prefixText?: string;
  readonly suffixText?: string;
}

async function provideRenameEdits(
  model: monaco.editor.ITextModel,
  position: monaco.Position,
  newName: string,
): Promise<monaco.languages.WorkspaceEdit & monaco.languages.Rejection> {
  const refuse = (rejectReason: string) => ({ edits: [], rejectReason });
  const uri = model.uri.toString();
  const open = openBodies.get(uri);
  if (!open) return refuse('This text cannot be edited.');
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(newName))
    return refuse(`“${newName}” cannot be a name.`);
  open.flush();
  const before = model.getValue();
  const offset = model.getOffsetAt(position);
  const typescript = await typeScriptOf(model);
  const info = await typescript.getRenameInfo(uri, offset, { allowRenameOfImportPath: false });
  if (!info.canRename) return refuse('There is no name here that can be changed.');
  // The last argument keeps the property's own name where a shorthand binds a variable.
  const locations: readonly RenameLocation[] =
    (await typescript.findRenameLocations(uri, offset, false, false, true)) ?? [];
  if (locations.some(({ fileName }) => fileName !== uri))
    return refuse('This name comes from elsewhere. Rename it where it is made.');
  const after = [...locations]
    .sort((a, b) => b.textSpan.start - a.textSpan.start)
    .reduce(
      (text, { textSpan: { start, length }, prefixText = '', suffixText = '' }) =>
        text.slice(0, start) + prefixText + newName + suffixText + text.slice(start + length),
      before,
    );
  if (after === before) return { edits: [] };
  const old = before.slice(info.triggerSpan.start, info.triggerSpan.start + info.triggerSpan.length);
  const known = await open.services.types.port.followRename({
    id: open.id,
    after,
    from: old,
    to: newName,
  });
  // What nobody knows the types of, such as a check whose asset is gone, is renamed by itself.
  const rewrites = known.length > 0 ? known : [{ id: open.id, before, after }];
  const isStale = rewrites.every(({ id, before: base }) => id !== open.id || base !== before);
  if (isStale || model.isDisposed() || model.getValue() !== before)
    return refuse('The text has changed meanwhile. Rename once more.');
  rewriteBodies(open.services, `Rename ${old} to ${newName}`, rewrites);
  // The document has it, and the editor from there.
  return { edits: [] };
}

function provideCodeActions(
  model: monaco.editor.ITextModel,
  _range: monaco.Range,
  { markers }: monaco.languages.CodeActionContext,
): monaco.languages.CodeActionList {
  const uri = model.uri.toString();
  const open = openBodies.get(uri);
  const problems = open?.services.types.store.getState().problems.get(open.id) ?? [];
  const actions = problems.flatMap((problem): monaco.languages.CodeAction[] => {
    const rename = renameOf(problem);
    const marker = markers.find(
      ({ startLineNumber, startColumn }) =>
        startLineNumber === problem.line && startColumn === problem.column,
    );
    if (!rename || !marker) return [];
    const title = `Rename “${rename.from}” to “${rename.to}” everywhere`;
    return [
      {
        title,
        kind: 'quickfix',
        isPreferred: true,
        diagnostics: [marker],
        command: { id: fixCommand, title, arguments: [uri, problem] },
      },
    ];
  });
  return { actions, dispose: () => undefined };
}

/** Formats the whole body, as one edit of the editor. */
export async function formatBody(editor: monaco.editor.IStandaloneCodeEditor): Promise<void> {
  const model = editor.getModel();
  if (!model) return;
  const version = model.getVersionId();
  const typescript = await typeScriptOf(model);
  const changes: readonly { span: { start: number; length: number }; newText: string }[] =
    await typescript.getFormattingEditsForDocument(model.uri.toString(), formatOptions);
  if (model.isDisposed() || model.getVersionId() !== version || changes.length === 0) return;
  editor.pushUndoStop();
  editor.executeEdits(
    'format',
    changes.map(({ span, newText }) => ({
      range: monaco.Range.fromPositions(
        model.getPositionAt(span.start),
        model.getPositionAt(span.start + span.length),
      ),
      text: newText,
    })),
  );
  editor.pushUndoStop();
}

/** TypeScript's own settings, in its own words. */
const formatOptions = {
  convertTabsToSpaces: true,
  tabSize: 2,
  indentSize: 2,
  indentStyle: 2,
  newLineCharacter: '\n',
  trimTrailingWhitespace: true,
  insertSpaceAfterCommaDelimiter: true,
  insertSpaceAfterSemicolonInForStatements: true,
  insertSpaceBeforeAndAfterBinaryOperators: true,
  insertSpaceAfterKeywordsInControlFlowStatements: true,
  insertSpaceAfterFunctionKeywordForAnonymousFunctions: true,
  insertSpaceAfterOpeningAndBeforeClosingNonemptyBraces: true,
  semicolons: 'ignore',
};
