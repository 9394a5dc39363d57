// The words of a selection, each with its place.

export interface SelectionToken {
  readonly type:
    | 'word'
    /** A word with `*` in it. */
    | 'pattern'
    | 'string'
    | 'digits'
    | 'null'
    | '*'
    | '+'
    | ':'
    | '('
    | ')'
    | ','
    | '='
    /** What no selection holds; always the last but one. */
    | 'stranger'
    | 'end';
  /** As written, except that a string stands without its quotes. */
  readonly text: string;
  readonly offset: number;
  readonly length: number;
}

const tokenPattern =
  /(?<space>[ \t\r\n]+)|(?<word>[A-Za-z_*][A-Za-z0-9_*/]*)|(?<digits>[0-9]+)|(?<string>"[^"\\\r\n]*")|(?<nothing><null>)|(?<sign>[+:(),=])/y;

/** Splits a text; stops at the first thing that no selection holds. */
export function selectionTokens(text: string): readonly SelectionToken[] {
  const tokens: SelectionToken[] = [];
  let offset = 0;
  while (offset < text.length) {
    tokenPattern.lastIndex = offset;
    const match = tokenPattern.exec(text);
    if (!match) {
      const stranger = String.fromCodePoint(text.codePointAt(offset)!);
      tokens.push({ type: 'stranger', text: stranger, offset, length: stranger.length });
      break;
    }
    const { word, digits, string, nothing, sign } = match.groups!;
    const at = { offset, length: match[0].length };
    if (word === '*') tokens.push({ type: '*', text: word, ...at });
    else if (word !== undefined)
      tokens.push({ type: word.includes('*') ? 'pattern' : 'word', text: word, ...at });
    else if (digits !== undefined) tokens.push({ type: 'digits', text: digits, ...at });
    else if (string !== undefined) tokens.push({ type: 'string', text: string.slice(1, -1), ...at });
    else if (nothing !== undefined) tokens.push({ type: 'null', text: nothing, ...at });
    else if (sign !== undefined) tokens.push({ type: sign as SelectionToken['type'], text: sign, ...at });
    offset += match[0].length;
  }
  tokens.push({ type: 'end', text: '', offset: text.length, length: 0 });
  return tokens;
}
