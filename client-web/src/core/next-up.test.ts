import { describe, expect, it } from 'vitest';
import { make } from '../testing/make';
import { ItemKind, RequestKind } from '../wire';
import { alsoDue, dueSpeakers, listBehind, nextUp, waitingBehind } from './next-up';

const chair = { name: 'The Director General', personId: 'p1' };
const guest = { name: 'The Commissioner', personId: 'p2' };
const entry = make.entry({ id: 'q1', place: 1, kind: RequestKind.INTERVENTION });
const order = make.entry({ id: 'q0', place: 1, kind: RequestKind.POINT_OF_ORDER });
const held = make.entry({ id: 'q2', place: 0 });
const item = make.agendaItem({ id: 'i1', kind: ItemKind.REMARKS, speakers: [chair, guest] });
const room = make.room({ currentItemId: 'i1', itemUnspoken: true, duePersonIds: ['p1', 'p2'] });
const now = { room, item, speaking: false, entries: [held, entry] };
const named = { kind: 'named', speaker: chair };

describe('who is next', () => {
  it('P6: an item begins with whom it names, not with a hand left up from before', () => {
    expect(nextUp(now)).toMatchObject(named);
    expect(nextUp({ ...now, entries: [] })).toMatchObject(named);
  });

  it('P6: so it does when they have a hand up as well, and the list goes without it', () => {
    const own = make.entry({ id: 'q3', place: 2, personId: 'p1' });
    const entries = [held, entry, own];
    const next = nextUp({ ...now, entries });
    expect(next).toMatchObject({ ...named, entryId: 'q3' });
    expect(listBehind(next, entries)).toEqual([entry]);
    expect(waitingBehind(next, { waitingCount: 3 })).toBe(2);
    expect(alsoDue([chair, guest], next, entries)).toEqual([guest]);
    // Once somebody has spoken, it is one hand among others.
    const later = nextUp({ ...now, room: { ...room, itemUnspoken: false }, entries });
    expect(later).toMatchObject({ kind: 'entry', entry: { id: 'q1' } });
    expect(listBehind(later, entries)).toEqual([entry, own]);
    expect(waitingBehind(later, { waitingCount: 3 })).toBe(3);
    expect(alsoDue([chair, guest], later, entries)).toEqual([guest]);
  });

  it('Q3 P6: a point of order goes before everybody', () => {
    expect(nextUp({ ...now, entries: [order] })).toMatchObject({ entry: { id: 'q0' } });
  });

  it('P6: once somebody speaks or has spoken, hands go first, then who else is named', () => {
    const spoken = { ...room, itemUnspoken: false };
    const done = { ...spoken, duePersonIds: [] };
    for (const later of [{ speaking: true }, { room: spoken }]) {
      expect(nextUp({ ...now, ...later })).toMatchObject({ entry: { id: 'q1' } });
      expect(nextUp({ ...now, ...later, entries: [held] })).toMatchObject(named);
      expect(nextUp({ ...now, ...later, room: done, entries: [] }).kind).toBe('nobody');
    }
  });

  it('S2: nobody is called into a break', () => {
    const coffee = make.agendaItem({ id: 'i2', kind: ItemKind.BREAK });
    const inBreak = { ...now, item: coffee, room: { ...room, duePersonIds: [] } };
    expect(nextUp(inBreak).kind).toBe('nobody');
    expect(nextUp({ ...inBreak, speaking: true })).toMatchObject({ entry: { id: 'q1' } });
  });

  it('P6: who is due goes by the name on the agenda, in the order of the server', () => {
    expect(dueSpeakers(room, item)).toMatchObject([chair, guest]);
    expect(dueSpeakers({ duePersonIds: ['p2', 'p9'] }, item)).toMatchObject([guest]);
    expect(dueSpeakers(room, undefined)).toEqual([]);
  });
});
