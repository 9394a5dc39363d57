// Texts of a project that look as if they held a password or a key of some service: what nobody means to share.
// A guess, for a warning.

import type { ProjectDocument } from '#model/document.ts';

export interface FoundKey {
  /** "asset", "resource" … and its name. */
  readonly kind: 'asset' | 'unit' | 'check' | 'resource' | 'module' | 'note';
  readonly name: string;
  /** "an AWS access key", never the text itself. */
  readonly what: string;
  /** 1-based, in the body; absent for what stands elsewhere. */
  readonly line?: number;
}

const most = 50;

/** The forms that the services themselves give their keys, so that they are found when they leak. */
const forms: readonly (readonly [RegExp, string])[] = [
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/, 'an AWS access key'],
  [/\bgh[opsur]_[A-Za-z0-9]{36}|\bgithub_pat_\w{60}/, 'a GitHub token'],
  [/\bglpat-[\w-]{20}/, 'a GitLab token'],
  [/\bsk-(?:[a-z]+-){0,2}[A-Za-z0-9_-]{20}/, 'a key of an API'],
  [/\b[sr]k_(?:live|test)_[A-Za-z0-9]{16}/, 'a Stripe key'],
  [/\bxox[abeoprs]-[A-Za-z0-9-]{10}/, 'a Slack token'],
  [/\bAIza[\w-]{35}/, 'a Google API key'],
  [/\bhf_[A-Za-z0-9]{30}/, 'a Hugging Face token'],
  [/-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/, 'a private key'],
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8}/, 'a signed token'],
  [
    /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"'`{}<>]{1,100}:[^\s/@"'`{}<>$]{3,200}@/i,
    'an address with a password',
  ],
];
const keyName =
  /(?:pass(?:word|wd|phrase)|secret|token|api_?-?key|access_?-?key|private_?-?key|credential)s?$/i;
const named =
  /\b([\w-]{0,40}(?:pass(?:word|wd|phrase)|secret|token|api_?-?key|access_?-?key|private_?-?key)s?)["'`]?\s{0,9}[:=]\s{0,9}["'`]([^"'`\s]{8,200})["'`]/gi;
/** What stands in place of a key, and the names of things. */
const isPlaceholder = (text: string): boolean =>
  /^(?:<|\$|\*|\.|xx|your|my[-_]|change|todo|example|env[:.]|process\.)/i.test(text) || !/\d/.test(text);

export function findKeys(document: ProjectDocument): readonly FoundKey[] {
  const found: FoundKey[] = [];
  const look = (kind: FoundKey['kind'], name: string, record: unknown) => {
    const whats = new Set<string>();
    for (const { text, field } of textsOf(record)) {
      for (const { what, index } of keysIn(text, field)) {
        if (found.length >= most || whats.has(what)) continue;
        whats.add(what);
        const isBody = field === 'body';
        found.push({
          kind,
          name,
          what,
          ...(isBody ? { line: text.slice(0, index).split('\n').length } : {}),
        });
      }
    }
  };
  for (const asset of document.assets.values()) look('asset', asset.key, asset);
  for (const unit of document.units.values()) look('unit', unit.name, unit);
  for (const check of document.checks.values()) look('check', check.name, check);
  for (const resource of document.resources.values()) look('resource', resource.key, resource);
  for (const module of document.modules.values()) look('module', module.name, module);
  for (const note of document.notes.values()) look('note', note.text.slice(0, 40), note);
  return found;
}

/** Every text in a record, with the name of the field that it stands in. */
function textsOf(record: unknown): readonly { readonly text: string; readonly field: string }[] {
  const texts: { readonly text: string; readonly field: string }[] = [];
  const stack: { readonly value: unknown; readonly field: string }[] = [{ value: record, field: '' }];
  for (let item = stack.pop(); item; item = stack.pop()) {
    const { value, field } = item;
    if (typeof value === 'string') texts.push({ text: value, field });
    else if (Array.isArray(value)) for (const child of value) stack.push({ value: child, field });
    else if (typeof value === 'object' && value !== null)
      for (const [name, child] of Object.entries(value)) stack.push({ value: child, field: name });
  }
  return texts;
}

function keysIn(text: string, field: string): readonly { readonly what: string; readonly index: number }[] {
  const keys = forms.flatMap(([form, what]) => {
    const index = text.search(form);
    return index < 0 ? [] : [{ what, index }];
  });
  if (keys.length > 0) return keys;
  for (const match of text.matchAll(named))
    if (!isPlaceholder(match[2] ?? '')) return [{ what: `the value of “${match[1]}”`, index: match.index }];
  const isNamed = keyName.test(field) && text.length >= 8 && !/\s/.test(text) && !isPlaceholder(text);
  return isNamed ? [{ what: `the value of “${field}”`, index: 0 }] : [];
}
