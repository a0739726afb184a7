import { describe, expect, it } from 'vitest';
import { make } from '../../testing/make';
import type { EntryView } from '../../wire';
import { shownName, shownNext } from './shown';

const rapporteur = { name: 'The Rapporteur', personId: 'p1' };
const item = make.agendaItem({ id: 'i1', speakers: [rapporteur] });
const kim = make.entry({ id: 'q1', place: 1, personId: 'p1', name: 'Kim' });
const nino = make.entry({ id: 'q2', place: 2, personId: 'p2', name: 'Nino' });
const held = make.entry({ id: 'q3', personId: 'p3', name: 'Ana', held: true });

// As a moderator's browser has it.
const shown = (entries: readonly EntryView[], namesHidden: boolean, itemUnspoken = true) =>
  shownNext(
    {
      room: () =>
        make.room({
          settings: { namesHidden },
          waitingCount: entries.length,
          duePersonIds: ['p1'],
          itemUnspoken,
        }),
      currentItem: () => item,
      floorOf: () => undefined,
      queueOf: () => entries,
    },
    'hall',
  );
const ids = (entries: readonly EntryView[]) => entries.map(({ id }) => id);

describe('what a display shows, whoever opened it', () => {
  it('P8: nothing of who is held, not in the count either', () => {
    const { entries, waiting } = shown([held, kim, nino], false, false);
    expect(ids(entries)).toEqual(['q1', 'q2']);
    expect(waiting).toBe(2);
  });

  it('P8: where names are hidden, no name, nor whose an entry is, nor who has spoken', () => {
    expect(shownName({ namesHidden: true }, kim)).toBe('');
    expect(shownName({ namesHidden: false }, kim)).toBe('Kim');
    const begins = shown([kim, nino], true);
    expect(begins.lead).toBe('The Rapporteur');
    expect(ids(begins.entries)).toEqual(['q1', 'q2']);
    expect(begins.waiting).toBe(2);
    expect(shown([], true, false).lead).toBe('');
    expect(ids(shown([kim, nino], false).entries)).toEqual(['q2']);
    expect(shown([], false, false).lead).toBe('The Rapporteur');
  });
});
