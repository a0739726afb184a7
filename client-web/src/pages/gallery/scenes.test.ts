// A picture of what cannot be is a picture of nothing.
import { describe, expect, it } from 'vitest';
import { ItemKind } from '../../wire';
import { viewOf } from './machine';
import { handOf } from './queue';
import { sessionPages } from './scenes';

const all = Object.entries(sessionPages).flatMap(([page, { reader, scenes }]) =>
  Object.entries(scenes).map(([name, scene]) => ({ at: `${page}/${name}`, reader, scene })),
);

describe('the scenes of the gallery', () => {
  it.each(all.filter(({ scene }) => scene.hands))(
    'Q11: a hand of the reader has the place that the list gives it: $at',
    ({ scene, reader }) => {
      const { entries } = viewOf(scene, reader);
      for (const hand of (scene.hands ?? []).map(handOf)) {
        const entry = entries.get(hand.requestId);
        if (entry) expect(entry.place).toBe(hand.place);
      }
    },
  );

  it.each(all.filter(({ scene }) => scene.item === ItemKind.BREAK))(
    'S2: a break is called one, and nobody speaks in it: $at',
    ({ scene, reader }) => {
      const view = viewOf(scene, reader);
      const item = view.items.get(view.rooms.get('plenary')?.currentItemId ?? '')?.item;
      expect(item?.kind).toBe(ItemKind.BREAK);
      expect(item?.speakers).toEqual([]);
      expect(item?.title?.text).toMatch(/break/);
    },
  );
});
