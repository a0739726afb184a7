import { describe, expect, it } from 'vitest';
import { ItemKind, type AgendaEntry } from '../../wire';
import { laidOver } from './entry';

const opened: AgendaEntry = {
  roomId: 'plenary',
  kind: ItemKind.BREAK,
  title: { text: 'Lunch', translations: [{ language: 'fr', text: 'Déjeuner' }] },
  plannedMs: 3_600_000,
  fixedStart: '',
  speakers: [],
  queueStartsClosed: false,
  inscriptionAhead: false,
  speechLimitMs: 0,
};

describe('two who change one item', () => {
  it('S4: what the second one did not touch stays as the first one has saved it', () => {
    const now = {
      ...opened,
      title: { text: 'Late lunch', translations: [] },
      speakers: ['The cook'],
      fixedStart: '12:30',
    };
    const typed = { ...opened, inscriptionAhead: true };
    expect(laidOver(typed, opened, now)).toEqual({ ...now, inscriptionAhead: true });
  });

  it('S4: what both touched is as the second one typed it', () => {
    const now = { ...opened, fixedStart: '12:30', plannedMs: 60_000 };
    const typed = { ...opened, fixedStart: '13:00' };
    expect(laidOver(typed, opened, now)).toEqual({ ...now, fixedStart: '13:00' });
  });
});
