// Which input a complaint of the checker is about. Inputs are declared in a types file of the body's own, so
// a type or a property whose declaration stands there came in through an edge.

import ts from 'typescript';
import { memberName, pathOf } from './type-fields.ts';

/** A place in a body that uses a field by name. Offsets are into the body. */
export interface FieldUse {
  readonly field: string;
  /** Where in the input's type the field is missing. */
  readonly path: string;
  readonly form: 'member' | 'element' | 'binding' | 'shorthand';
  readonly start: number;
  readonly end: number;
}

export interface InputBehind {
  readonly input?: string;
  readonly missing?: FieldUse;
}

/** Property does not exist; did you mean; cannot be used to index. */
const missingCodes: readonly number[] = [2339, 2551, 7053];

/** Names that nothing declares: never an input's fault. */
const unknownNameCodes: readonly number[] = [2304, 2552, 2307, 2503, 18004];

export function inputBehind(
  file: ts.SourceFile,
  { start, length, code }: { readonly start: number; readonly length: number; readonly code: number },
  checker: ts.TypeChecker,
): InputBehind {
  if (unknownNameCodes.includes(code)) return {};
  const node = nodeAt(file, start, start + length);
  const use = missingCodes.includes(code) ? fieldUse(node) : undefined;
  if (use) {
    const { of, ...place } = use;
    const literal = literalBehind(checker.getTypeAtLocation(of));
    if (literal) return { input: inputOf(literal)!, missing: { ...place, path: pathOf(literal, isInput) } };
  }
  const input = inputUsedIn(node, checker) ?? inputUsedIn(node.parent, checker);
  return input === undefined ? {} : { input };
}

function fieldUse(node: ts.Node): (Omit<FieldUse, 'path'> & { readonly of: ts.Node }) | undefined {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node)
    return {
      field: parent.name.text,
      form: 'member',
      start: parent.expression.end,
      end: node.end,
      of: parent.expression,
    };
  const access = ts.isElementAccessExpression(node) ? node : parent;
  if (ts.isElementAccessExpression(access) && ts.isStringLiteralLike(access.argumentExpression)) {
    const { argumentExpression, expression } = access;
    return {
      field: argumentExpression.text,
      form: 'element',
      start: argumentExpression.getStart(),
      end: argumentExpression.end,
      of: expression,
    };
  }
  const element = ts.isBindingElement(node) ? node : parent;
  if (ts.isBindingElement(element) && ts.isObjectBindingPattern(element.parent)) {
    const name = element.propertyName ?? element.name;
    if (!ts.isIdentifier(name) && !ts.isStringLiteral(name)) return undefined;
    return {
      field: name.text,
      form: element.propertyName ? 'binding' : 'shorthand',
      start: name.getStart(),
      end: name.end,
      of: element.parent,
    };
  }
  return undefined;
}

/** The declaration, in the types file, of an object type or of what it was spread from. */
function literalBehind(type: ts.Type): ts.Node | undefined {
  const parts = type.isUnion() ? type.types : [type];
  for (const part of parts) {
    const own = (part.symbol as ts.Symbol | undefined)?.declarations?.find(
      (declaration) => ts.isTypeLiteralNode(declaration) && inputOf(declaration) !== undefined,
    );
    if (own) return own;
  }
  for (const part of parts) {
    if (!(part.flags & ts.TypeFlags.Object)) continue;
    for (const property of part.getProperties()) {
      const declaration = property.declarations?.[0];
      if (
        declaration &&
        ts.isTypeLiteralNode(declaration.parent) &&
        inputOf(declaration.parent) !== undefined
      )
        return declaration.parent;
    }
  }
  return undefined;
}

function inputUsedIn(node: ts.Node | undefined, checker: ts.TypeChecker): string | undefined {
  if (!node || ts.isBlock(node) || ts.isFunctionLike(node) || ts.isSourceFile(node)) return undefined;
  if (ts.isIdentifier(node))
    for (const declaration of checker.getSymbolAtLocation(node)?.declarations ?? []) {
      const input = inputOf(declaration) ?? inputBoundBy(declaration);
      if (input !== undefined) return input;
    }
  if (ts.isExpression(node)) {
    const literal = literalBehind(checker.getTypeAtLocation(node));
    if (literal) return inputOf(literal);
  }
  return ts.forEachChild(node, (child) => inputUsedIn(child, checker));
}

/** The input that a name of the body's own pattern binds. */
function inputBoundBy(declaration: ts.Declaration): string | undefined {
  if (!ts.isBindingElement(declaration) || !ts.isParameter(declaration.parent.parent)) return undefined;
  const parameter = declaration.parent.parent;
  const owner = parameter.parent.parent;
  const isBody = ts.isVariableDeclaration(owner) && owner.name.getText() === '$';
  if (!isBody || parameter.parent.parameters[0] !== parameter) return undefined;
  const name = declaration.propertyName ?? declaration.name;
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined;
}

const isInput = (node: ts.Node): boolean =>
  ts.isPropertySignature(node) && ts.isInterfaceDeclaration(node.parent);

/** The input whose type a declaration of the types file is part of. */
function inputOf(declaration: ts.Node): string | undefined {
  if (!declaration.getSourceFile().fileName.startsWith('/types/')) return undefined;
  for (let node: ts.Node | undefined = declaration; node; node = node.parent)
    if (isInput(node)) return memberName(node);
  return undefined;
}

function nodeAt(file: ts.SourceFile, start: number, end: number): ts.Node {
  let found: ts.Node = file;
  const visit = (node: ts.Node): void => {
    if (node.getStart(file) > start || node.end < end) return;
    found = node;
    node.forEachChild(visit);
  };
  file.forEachChild(visit);
  return found;
}
