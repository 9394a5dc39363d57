// Lists on one line, as both languages write them.

/** Prints a thing on one line; undefined where it does not fit into `room` characters. */
type PrintFlat<Code> = (code: Code, room: number) => string | undefined;

/** Prints items between `open` and `close`, each behind its start; undefined as soon as one of them does not fit. */
export const createFlatList =
  <Code>(printFlat: PrintFlat<Code>) =>
  (
    items: readonly Code[],
    room: number,
    open: string,
    close: string,
    starts?: readonly string[],
  ): string | undefined => {
    let text = open;
    for (const [i, item] of items.entries()) {
      text += `${i === 0 ? '' : ', '}${starts?.[i] ?? ''}`;
      const flat = printFlat(item, room - text.length);
      if (flat === undefined) return undefined;
      text += flat;
    }
    return text + close;
  };
