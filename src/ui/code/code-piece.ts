// A piece of code that has a colour.

export type SpanKind = 'comment' | 'keyword' | 'string' | 'number' | 'type';

export interface CodePiece {
  readonly start: number;
  readonly end: number;
  readonly kind: SpanKind;
}
