// The fields that a printed type has, by the place in the type where they stand: `[]` for the elements of an
// array, `.name` for what a property holds. `{ id: number }[]` has `id` at `[]`.

import ts from 'typescript';

export type FieldsByPath = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads a printed type. */
export function fieldsOfType(text: string): FieldsByPath {
  const file = ts.createSourceFile('/type.d.ts', `type T = ${text};`, ts.ScriptTarget.ESNext, true);
  const found = new Map<string, Set<string>>();
  const visit = (node: ts.Node, path: string): void => {
    if (ts.isTypeLiteralNode(node)) {
      const names = found.get(path) ?? new Set<string>();
      found.set(path, names);
      for (const member of node.members) {
        const name = memberName(member);
        if (name === undefined) continue;
        names.add(name);
      }
    }
    node.forEachChild((child) => visit(child, path + stepInto(child)));
  };
  visit(file, '');
  return found;
}

/** Where a type literal of a declaration stands, seen from the nearest of `ends`. */
export function pathOf(literal: ts.Node, isEnd: (node: ts.Node) => boolean): string {
  let path = '';
  for (let node = literal; node.parent && !isEnd(node.parent); node = node.parent)
    path = stepInto(node) + path;
  return path;
}

/** The fields that rows of this type can have; undefined when it is no list of rows, or leaves them open. */
export function rowFields(text: string): ReadonlySet<string> | undefined {
  const file = ts.createSourceFile('/type.d.ts', `type T = ${text};`, ts.ScriptTarget.ESNext, true);
  const [statement] = file.statements;
  if (!statement || !ts.isTypeAliasDeclaration(statement)) return undefined;
  const names = new Set<string>();
  const lists = plainTypes(statement.type);
  const areRows = lists.every(
    (list) => ts.isArrayTypeNode(list) && plainTypes(list.elementType).every(takesRow),
  );
  return areRows && names.size > 0 ? names : undefined;

  function takesRow(row: ts.TypeNode): boolean {
    if (!ts.isTypeLiteralNode(row)) return false;
    for (const member of row.members) {
      const name = memberName(member);
      if (name === undefined) return false;
      names.add(name);
    }
    return true;
  }
}

/** The members of a union, without brackets and `readonly`. */
function plainTypes(node: ts.TypeNode): readonly ts.TypeNode[] {
  if (ts.isParenthesizedTypeNode(node)) return plainTypes(node.type);
  if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword)
    return plainTypes(node.type);
  return ts.isUnionTypeNode(node) ? node.types.flatMap(plainTypes) : [node];
}

function stepInto(node: ts.Node): string {
  if (ts.isArrayTypeNode(node.parent) || ts.isTupleTypeNode(node.parent)) return '[]';
  if (ts.isPropertySignature(node.parent) && node.parent.type === node)
    return `.${memberName(node.parent) ?? ''}`;
  if (ts.isIndexSignatureDeclaration(node.parent) && node.parent.type === node) return '{}';
  if (ts.isTypeReferenceNode(node.parent))
    return `<${node.parent.typeArguments?.indexOf(node as ts.TypeNode)}>`;
  return '';
}

export function memberName(node: ts.Node): string | undefined {
  if (!ts.isPropertySignature(node)) return undefined;
  return ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : undefined;
}

/** Which fields a type lost, and what each may be called now. */
export interface LostFields {
  /** Tells of the asset's new type. */
  update(now: FieldsByPath): void;
  renamedTo(path: string, field: string): string | undefined;
  /** Was a field of that name renamed so, at any place? */
  hasRename(from: string, to: string): boolean;
}

/**
 * Follows one asset's type. A field that is gone is taken to be renamed when the same place has exactly one
 * field that was not there while it was: typing a name letter by letter goes through many of them.
 */
export function followFields(start: FieldsByPath): LostFields {
  let current = start;
  const lost = new Map<
    string,
    { readonly path: string; readonly field: string; readonly beside: ReadonlySet<string> }
  >();
  const renamedTo = (path: string, field: string): string | undefined => {
    const known = lost.get(`${path} ${field}`);
    if (!known) return undefined;
    const fresh = [...(current.get(path) ?? [])].filter((name) => !known.beside.has(name));
    return fresh.length === 1 ? fresh[0] : undefined;
  };
  return {
    renamedTo,
    hasRename: (from, to) =>
      [...lost.values()].some(({ path, field }) => field === from && renamedTo(path, field) === to),
    update(now) {
      for (const [path, fields] of current)
        for (const field of fields)
          if (!now.get(path)?.has(field) && !isPassing(path, field))
            lost.set(`${path} ${field}`, { path, field, beside: fields });
      for (const [key, { path, field }] of lost) if (now.get(path)?.has(field)) lost.delete(key);
      current = now;
    },
  };

  // A field that came after another was lost, and goes again, was a name half typed.
  function isPassing(path: string, field: string): boolean {
    for (const other of lost.values()) if (other.path === path && !other.beside.has(field)) return true;
    return false;
  }
}
