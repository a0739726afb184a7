import { expect, it } from 'vitest';
import { encodeMessage } from '../wire';
import { helloBytes } from './hello';

it('writes the Hello that the codec writes', () => {
  for (const length of [1, 100, 127, 128, 300, 8000]) {
    const token = 'x'.repeat(length);
    for (const build of ['', 'dev', '2027-05-12.a1b2c3']) {
      const body = { case: 'hello' as const, value: { token, build, audience: 0 } };
      expect(helloBytes(token, build)).toEqual(encodeMessage({ body }));
    }
  }
});
