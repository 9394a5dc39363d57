// Writes the code of a document that is kept here from call to call: what did not change is not written again.

import type { FileChange } from '#interop/code-port.ts';
import { comparedTexts, writeCode } from '#interop/project-code.ts';
import { emptyDocument } from '#model/document.ts';
import type { CodeCalls, CodeStep } from './contract.ts';
import { changed } from './document-change.ts';

export function createCodeCalls(): CodeCalls {
  let document = emptyDocument('');
  let sent: ReadonlyMap<string, string> = new Map();
  const textsAt = ({ change, target }: CodeStep): ReadonlyMap<string, string> => {
    document = changed(document, change);
    return comparedTexts(document, target);
  };
  return {
    write({ change, target }) {
      document = changed(document, change);
      const { texts, ...code } = writeCode(document, target);
      const before = sent;
      sent = texts;
      return {
        code,
        paths: [...texts.keys()],
        texts: new Map([...texts].filter(([path, text]) => before.get(path) !== text)),
      };
    },
    compare(before, after) {
      const olds = textsAt(before);
      const news = textsAt(after);
      const changes = new Map<string, FileChange>();
      for (const path of [...new Set([...olds.keys(), ...news.keys()])].sort()) {
        const change = { before: olds.get(path) ?? '', after: news.get(path) ?? '' };
        if (change.before !== change.after) changes.set(path, change);
      }
      return changes;
    },
  };
}
