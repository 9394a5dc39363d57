import { describe, expect, it } from 'vitest';
import { nameOfCopy } from './copy-name.ts';

describe('the name of a copy', () => {
  it('says that it is one, and is not taken', () => {
    expect(nameOfCopy('Sales', new Set(['Sales']))).toBe('Sales copy');
    expect(nameOfCopy('Sales', new Set(['Sales', 'Sales copy']))).toBe('Sales copy 2');
    expect(nameOfCopy('Sales copy 2', new Set(['Sales copy', 'Sales copy 2']))).toBe('Sales copy 3');
    expect(nameOfCopy('', new Set())).toBe('Untitled project copy');
  });
});
