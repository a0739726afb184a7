import { describe, expect, it } from 'vitest';
import { make } from '../testing/make';
import { ItemKind, RequestKind } from '../wire';
import { nextUp, watch } from './next-up';

const chair = { name: 'The Director General', personId: 'p1' };
const entry = make.entry({ id: 'q1', place: 1, kind: RequestKind.INTERVENTION });
const order = make.entry({ id: 'q0', place: 1, kind: RequestKind.POINT_OF_ORDER });
const held = make.entry({ id: 'q2', place: 0 });
const item = make.agendaItem({ id: 'i1', kind: ItemKind.REMARKS, speakers: [chair] });
const now = { item, speaking: false, unspoken: true, due: [chair], entries: [held, entry] };
const named = { kind: 'named', speaker: chair };

describe('who is next', () => {
  it('P6: an item begins with whom it names, not with a hand left up from before', () => {
    expect(nextUp(now)).toEqual(named);
    expect(nextUp({ ...now, entries: [] })).toEqual(named);
  });

  it('Q3 P6: a point of order goes before everybody', () => {
    expect(nextUp({ ...now, entries: [order] })).toMatchObject({ entry: { id: 'q0' } });
  });

  it('P6: once somebody speaks or has spoken, hands go first, then who else is named', () => {
    for (const later of [{ speaking: true }, { unspoken: false }]) {
      expect(nextUp({ ...now, ...later })).toMatchObject({ entry: { id: 'q1' } });
      expect(nextUp({ ...now, ...later, entries: [held] })).toEqual(named);
      expect(nextUp({ ...now, ...later, due: [], entries: [] }).kind).toBe('nobody');
    }
  });

  it('S2: nobody is called into a break', () => {
    const coffee = make.agendaItem({ id: 'i2', kind: ItemKind.BREAK });
    expect(nextUp({ ...now, item: coffee, due: [] }).kind).toBe('nobody');
    const spoken = { ...now, item: coffee, due: [], speaking: true };
    expect(nextUp(spoken)).toMatchObject({ entry: { id: 'q1' } });
  });
});

describe('whether somebody has spoken for an item', () => {
  const run = (id: string) => ({ id, startedAtMs: 1000, endedAtMs: 0 });
  const begun = make.agendaItem({ id: 'i2', runs: [run('r2')] });
  const reopened = make.agendaItem({ id: 'i2', runs: [run('r2'), run('r3')] });
  const spokenIn = { id: 'hall', medianSpeechMs: 60_000 };
  const room = (more: Parameters<typeof make.room>[0]) => make.room({ ...spokenIn, ...more });
  const earlier = watch(undefined, room({ currentItemId: 'i1' }), item, true);
  const there = watch(earlier, room({ currentItemId: 'i2' }), begun, true);

  it('P6: nobody has, as long as the page was there from its beginning', () => {
    expect(there.unspoken).toBe(true);
    expect(watch(there, room({ currentItemId: 'i2' }), begun, true).unspoken).toBe(true);
    const speech = room({ currentItemId: 'i2', currentSpeechId: 's1' });
    const spoken = watch(there, speech, begun, true);
    expect(spoken.unspoken).toBe(false);
    expect(watch(spoken, room({ currentItemId: 'i2' }), begun, true).unspoken).toBe(false);
  });

  it('P6: a page that was not there claims nothing, unless nobody ever spoke in the room', () => {
    const at = { currentItemId: 'i2' };
    expect(watch(undefined, room(at), begun, true).unspoken).toBe(false);
    expect(watch(undefined, room({ ...at, medianSpeechMs: 0 }), begun, true).unspoken).toBe(true);
    expect(watch({ ...earlier, roomId: 'other' }, room(at), begun, true).unspoken).toBe(false);
    expect(watch(earlier, room(at), reopened, true).unspoken).toBe(false);
    const away = watch(there, room(at), begun, false);
    expect(watch(away, room(at), begun, true).unspoken).toBe(false);
  });
});
