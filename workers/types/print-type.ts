// Types as text that stands on its own in another file. The compiler's own printing names what only the body
// knows (its local types); here everything is spelled out, but for what the standard library and `headwater`
// declare. What a value cannot be, or what has no end, becomes `any`: a type that is too wide complains less.

import ts from 'typescript';
import type { TypedPart } from '#engine/types-port.ts';

export interface TypePrinter {
  /** The type as text. `readonly`: as a consumer gets it. */
  print(type: ts.Type, readonly: boolean): string;
  /** The type of the value that a function of this type makes as a body. */
  printOutput(body: ts.Type, readonly: boolean): string;
  /**
   * The type of one of several things that a body makes: a property of what it returns, its place in a list, or the
   * value of the results that name it.
   */
  printPart(body: ts.Type, parts: readonly TypedPart[], index: number): string;
}

const deepest = 12;
const longest = 40_000;
const valuedEvents: ReadonlySet<string> = new Set(['MaterializeResult', 'Output', 'DynamicOutput']);
const asideEvents: ReadonlySet<string> = new Set([
  'AssetCheckResult',
  'AssetMaterialization',
  'AssetObservation',
  'ObserveResult',
]);
const { TypeFlags, ObjectFlags, SymbolFlags, ElementFlags } = ts;

export function createTypePrinter(
  checker: ts.TypeChecker,
  isStandardLibrary: (file: ts.SourceFile) => boolean,
): TypePrinter {
  let written = 0;

  function print(type: ts.Type, readonly: boolean, seen: readonly ts.Type[]): string {
    const { flags } = type;
    if (flags & (TypeFlags.Any | TypeFlags.Unknown)) return flags & TypeFlags.Any ? 'any' : 'unknown';
    if (flags & TypeFlags.Never) return 'never';
    if (flags & (TypeFlags.Void | TypeFlags.Undefined)) return 'undefined';
    if (flags & TypeFlags.Null) return 'null';
    if (type.isStringLiteral()) return JSON.stringify(type.value);
    if (flags & (TypeFlags.Literal | TypeFlags.TemplateLiteral)) return checker.typeToString(type);
    if (flags & TypeFlags.String) return 'string';
    if (flags & TypeFlags.Number) return 'number';
    if (flags & TypeFlags.BigInt) return 'bigint';
    if (flags & TypeFlags.Boolean) return 'boolean';
    if (flags & TypeFlags.ESSymbolLike) return 'symbol';
    if (type.isUnion()) return printUnion(type.types, readonly, seen);
    if (flags & TypeFlags.Object) return printObject(type as ts.ObjectType, readonly, seen);
    if (type.isIntersection()) {
      const plain = type.types.find((part) => !(part.flags & (TypeFlags.Object | TypeFlags.Instantiable)));
      return plain ? print(plain, readonly, seen) : printFields(type, readonly, seen);
    }
    const base = checker.getBaseConstraintOfType(type);
    return base && base !== type ? print(base, readonly, seen) : 'unknown';
  }

  function printUnion(types: readonly ts.Type[], readonly: boolean, seen: readonly ts.Type[]): string {
    return joinUnion(types.map((part) => print(part, readonly, seen)));
  }

  function printObject(type: ts.ObjectType, readonly: boolean, seen: readonly ts.Type[]): string {
    if (seen.length >= deepest || seen.includes(type) || written > longest) return 'any';
    const inside = [...seen, type];
    const args = () => checker.getTypeArguments(type as ts.TypeReference);
    if (checker.isTupleType(type)) {
      const { elementFlags } = (type as ts.TypeReference).target as ts.TupleType;
      const parts = args().map((arg, i) => {
        const text = print(arg, readonly, inside);
        const flag = elementFlags[i] ?? ElementFlags.Required;
        if (flag & ElementFlags.Rest) return `...${grouped(text)}[]`;
        return flag & ElementFlags.Optional ? `${grouped(text)}?` : text;
      });
      return `${readonly ? 'readonly ' : ''}[${parts.join(', ')}]`;
    }
    if (checker.isArrayType(type)) {
      const [element] = args();
      const text = element ? grouped(print(element, readonly, inside)) : 'any';
      return `${readonly ? 'readonly ' : ''}${text}[]`;
    }
    if (type.getCallSignatures().length > 0) return '(...args: any[]) => any';
    const name = declaredName(type);
    if (name !== undefined) {
      const shown = readonly && (name === 'Map' || name === 'Set') ? `Readonly${name}` : name;
      const target = (type as ts.TypeReference).target as ts.InterfaceType | undefined;
      const count = target?.typeParameters?.length ?? 0;
      if (!(type.objectFlags & ObjectFlags.Reference) || count === 0) return shown;
      return `${shown}<${args()
        .slice(0, count)
        .map((arg) => print(arg, readonly, inside))
        .join(', ')}>`;
    }
    return printFields(type, readonly, inside);
  }

  /** The name of a type that every file knows. */
  function declaredName(type: ts.Type): string | undefined {
    const symbol = type.symbol as ts.Symbol | undefined;
    if (!symbol || !(symbol.flags & (SymbolFlags.Class | SymbolFlags.Interface))) return undefined;
    const declaration = symbol.declarations?.[0];
    if (!declaration || !isStandardLibrary(declaration.getSourceFile())) return undefined;
    let place: ts.Node = declaration;
    while (place.parent && !ts.isModuleDeclaration(place)) place = place.parent;
    if (!ts.isModuleDeclaration(place)) return symbol.name;
    return ts.isStringLiteral(place.name)
      ? `import(${JSON.stringify(place.name.text)}).${symbol.name}`
      : `${place.name.text}.${symbol.name}`;
  }

  function printFields(type: ts.Type, readonly: boolean, seen: readonly ts.Type[]): string {
    const start = readonly ? 'readonly ' : '';
    const fields: string[] = [];
    for (const info of checker.getIndexInfosOfType(type))
      fields.push(`${start}[key: ${print(info.keyType, false, seen)}]: ${print(info.type, readonly, seen)}`);
    for (const property of checker.getPropertiesOfType(type)) {
      if (property.name.startsWith('__@') || property.name.startsWith('#')) continue;
      if (written > longest) return 'any';
      const own = checker.getTypeOfSymbol(property);
      const optional = (property.flags & SymbolFlags.Optional) !== 0;
      const text = optional ? printDefined(own, readonly, seen) : print(own, readonly, seen);
      const field = `${start}${fieldName(property.name)}${optional ? '?' : ''}: ${text}`;
      written += field.length;
      fields.push(field);
    }
    return fields.length === 0 ? '{}' : `{ ${fields.join('; ')} }`;
  }

  function printDefined(type: ts.Type, readonly: boolean, seen: readonly ts.Type[]): string {
    if (!type.isUnion()) return print(type, readonly, seen);
    const rest = type.types.filter((part) => !(part.flags & TypeFlags.Undefined));
    return printUnion(rest, readonly, seen);
  }

  const eventOf = (type: ts.Type): string | undefined =>
    /^import\("headwater"\)\.(\w+)$/.exec(declaredName(type) ?? '')?.[1];
  const isResult = (type: ts.Type): boolean => valuedEvents.has(eventOf(type) ?? '');
  /** Said beside what is made: it has no value of its own. */
  const isAside = (type: ts.Type): boolean => asideEvents.has(eventOf(type) ?? '');

  /** The value in one returned or yielded thing; undefined when there is none. */
  function valueIn(type: ts.Type): ts.Type | undefined {
    if (checker.isArrayType(type)) {
      const element = checker.getTypeArguments(type as ts.TypeReference)[0];
      // Many values of a dynamic result, all at once.
      if (element && isResult(element)) return valueIn(element);
    }
    if (!isResult(type)) return type;
    const [value] = checker.getTypeArguments(type as ts.TypeReference);
    return value;
  }

  /** What a body gives, returned or yielded, each kind of it: results that are returned in a list one by one. */
  function given(body: ts.Type): readonly ts.Type[] {
    return givenWhole(body)
      .flatMap((whole) => {
        if (!checker.isArrayType(whole) && !checker.isTupleType(whole)) return [whole];
        const items = checker
          .getTypeArguments(whole as ts.TypeReference)
          .flatMap((item) => (item.isUnion() ? item.types : [item]));
        return items.length > 0 && items.every((item) => isResult(item) || isAside(item)) ? items : [whole];
      })
      .filter((part) => !isAside(part));
  }

  function givenWhole(body: ts.Type): readonly ts.Type[] {
    const signature = body.getCallSignatures()[0];
    if (!signature) return [];
    const returned = checker.getReturnTypeOfSignature(signature);
    const name = declaredName(returned);
    let made: ts.Type;
    if (name === 'Generator' || name === 'AsyncGenerator') {
      const yielded = checker.getTypeArguments(returned as ts.TypeReference)[0];
      if (!yielded) return [];
      made = checker.getAwaitedType(yielded) ?? yielded;
    } else made = checker.getAwaitedType(returned) ?? returned;
    return made.isUnion() ? made.types : [made];
  }

  function printValue(part: ts.Type, readonly: boolean): string {
    const value = valueIn(part);
    if (!value) return 'any';
    // "No value yet" and "nothing is known" must not make every consumer complain.
    return value.flags & (TypeFlags.Unknown | TypeFlags.Never) ? 'any' : print(value, readonly, []);
  }

  function printOutput(body: ts.Type, readonly: boolean): string {
    const parts = given(body).map((part) => printValue(part, readonly));
    return parts.length === 0 ? 'any' : joinUnion(parts);
  }

  function printPart(body: ts.Type, parts: readonly TypedPart[], index: number): string {
    const { name, key } = parts[index]!;
    const isOnly = parts.length === 1;
    const types = given(body).flatMap((whole): string[] => {
      if (isResult(whole)) {
        const names = namesIn(whole);
        if (names === undefined) return [isOnly ? printValue(whole, true) : 'any'];
        const isMeant = names.includes(name) || (key !== undefined && names.includes(key));
        return isMeant ? [printValue(whole, true)] : [];
      }
      if (!(whole.flags & TypeFlags.Object)) return ['any'];
      if (checker.isTupleType(whole)) {
        const items = checker.getTypeArguments(whole as ts.TypeReference);
        return [items.length === parts.length ? printValue(items[index]!, true) : 'any'];
      }
      const property = whole.getProperty(name);
      if (property) return [printValue(checker.getTypeOfSymbol(property), true)];
      return [isOnly ? printValue(whole, true) : 'any'];
    });
    return types.length === 0 ? 'any' : joinUnion(types);
  }

  /** The names under which a result is given; undefined when its type does not say them. */
  function namesIn(result: ts.Type): readonly string[] | undefined {
    const property = result.getProperty('outputName') ?? result.getProperty('assetKey');
    if (!property) return undefined;
    const type = checker.getNonNullableType(checker.getTypeOfSymbol(property));
    const members = type.isUnion() ? type.types : [type];
    const names = members.flatMap((member) => (member.isStringLiteral() ? member.value : []));
    return names.length === members.length ? names : undefined;
  }

  return {
    print(type, readonly) {
      written = 0;
      return print(type, readonly, []);
    },
    printOutput(body, readonly) {
      written = 0;
      return printOutput(body, readonly);
    },
    printPart(body, parts, index) {
      written = 0;
      return printPart(body, parts, index);
    },
  };
}

/** Sorted, so that the order in which a checker met the members does not look like a change. */
function joinUnion(parts: readonly string[]): string {
  const texts = new Set(parts.flatMap((part) => (part === 'boolean' ? ['false', 'true'] : [part])));
  if (texts.has('any')) return 'any';
  if (texts.has('unknown')) return 'unknown';
  if (texts.size > 1) texts.delete('never');
  if (texts.has('true') && texts.delete('false')) {
    texts.delete('true');
    texts.add('boolean');
  }
  const last = ['null', 'undefined'].filter((text) => texts.delete(text));
  const all = [...[...texts].sort(), ...last];
  return all.length > 1 ? all.map((text) => (text.includes('=>') ? `(${text})` : text)).join(' | ') : all[0]!;
}

/** In brackets when it would otherwise bind to what follows. */
const grouped = (text: string): string =>
  /^(readonly |\()/.test(text) || / \| |=>/.test(text) ? `(${text})` : text;

const fieldName = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
