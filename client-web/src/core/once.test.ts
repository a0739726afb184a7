import { describe, expect, it } from 'vitest';
import { onceEach } from './once';

describe('each thing once', () => {
  it('keeps the first of those with one key, in their order', () => {
    const list = ['Ana', 'Kim', 'ana', 'Nino', 'Kim'];
    expect(onceEach(list, (name) => name.toLowerCase())).toEqual(['Ana', 'Kim', 'Nino']);
    expect(onceEach([], String)).toEqual([]);
  });
});
