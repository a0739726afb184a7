import { beforeEach, describe, expect, it, vi } from 'vitest';
import { speechClock } from '../../core/clock';
import { setLanguage } from '../../i18n';
import { make } from '../../testing/make';
import { ActKind, SessionPhase, type CommandBody } from '../../wire';
import { ownAct } from './own-acts';

const text = (form: string) => ({ text: form, translations: [] });
const speech = (id: string, name: string, limitMs = 180_000, spokenMs = 0) =>
  make.speech({
    ...{ id, roomId: 'plenary', name, delegationName: 'France', limitMs },
    intervals: [{ fromMs: 1, toMs: 1 + spokenMs }],
  });

// A store that stands still until a test changes it.
function meeting() {
  const now = {
    speech: undefined as ReturnType<typeof speech> | undefined,
    entries: [make.entry({ id: 'q1', roomId: 'plenary', name: 'Ana Castillo', place: 1 })],
    items: [make.agendaItem({ id: 'i1', roomId: 'plenary', title: text('Welcome') })],
    acts: [make.act({ id: 'a1', roomId: 'plenary', kind: ActKind.GRANT, subject: 'Kim' })],
    phase: SessionPhase.LIVE,
  };
  const room = make.room({ id: 'plenary', currentItemId: 'i1' });
  const item = (id: string) => {
    const found = now.items.find((one) => one.id === id);
    return found && make.item({ item: found });
  };
  const seen: Parameters<typeof ownAct>[1] = {
    acts: () => now.acts,
    clockOf: (one) => speechClock(one, undefined, 1),
    delegationName: (_, other = '') => other,
    entry: (id) => now.entries.find((one) => one.id === id),
    floorOf: () => now.speech,
    get info() {
      return make.session({ phase: now.phase });
    },
    item,
    itemsOf: () => now.items.map((one) => make.item({ item: one })),
    itemTitle: (id) => item(id)?.item?.title?.text ?? '',
    room: () => room,
    rooms: [room],
    say: (one) => one?.text ?? '',
  };
  return { now, seen };
}

function said(body: CommandBody, change: (now: ReturnType<typeof meeting>['now']) => void) {
  const { now, seen } = meeting();
  const tell = ownAct(body, seen);
  change(now);
  return tell();
}
const nothing = () => undefined;
const next: CommandBody = {
  case: 'nextSpeaker',
  value: { roomId: 'plenary', seenSpeechId: '', requestId: 'q1' },
};

beforeEach(() => {
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  setLanguage('en');
});

describe('what own acts did', () => {
  it('A1: the floor: who has it, for whom, for how long, as the view has it', () => {
    const given = (limitMs: number) =>
      said(next, (now) => (now.speech = speech('s1', 'Ana Castillo', limitMs)));
    expect(given(180_000)).toBe('Floor: Ana Castillo, France. 3 minutes.');
    expect(given(60_000)).toBe('Floor: Ana Castillo, France. 1 minute.');
    expect(given(90_000)).toBe('Floor: Ana Castillo, France. 1:30.');
    expect(given(0)).toBe('Floor: Ana Castillo, France.');
    expect(said(next, nothing)).toBe('The floor is free.');
    expect(said(next, (now) => (now.speech = speech('s1', '')))).toBe('Floor: France. 3 minutes.');
    setLanguage('fr');
    expect(given(180_000)).toBe('Parole à\u202f: Ana Castillo, France. 3 minutes.');
  });

  it('A1 T4: of a speech that comes back, what is left', () => {
    const back = (spokenMs: number) =>
      said(next, (now) => (now.speech = speech('s1', 'Kim', 70_000, spokenMs)));
    expect(back(400)).toBe('Floor: Kim, France. 1:10.'); // it begins
    expect(back(13_400)).toBe('Floor: Kim, France. 0:57 left.');
    expect(back(75_000)).toBe('Floor: Kim, France. Over time.');
    setLanguage('fr');
    expect(back(13_400)).toBe('Parole à\u202f: Kim, France. Il reste 0:57.');
  });

  it('A1 T3: an end names who spoke, and who has the floor then; added time the limit', () => {
    const { now, seen } = meeting();
    now.speech = speech('s1', 'Ana Castillo');
    const end = ownAct({ case: 'endSpeech', value: { speechId: 's1' } }, seen);
    const add = ownAct({ case: 'addTime', value: { speechId: 's1', addMs: 60_000 } }, seen);
    now.speech = speech('s1', 'Ana Castillo', 240_000);
    expect(add()).toBe('Speaking time is now 4:00.');
    now.speech = undefined;
    expect(end()).toBe('Speech of Ana Castillo ended. The floor is free.');
    const paused: CommandBody = { case: 'pauseSpeech', value: { speechId: 's1' } };
    expect(said(paused, nothing)).toBe('Clock paused.');
  });

  it('A1 Q15: an undo names the act, which is gone by then', () => {
    const undo: CommandBody = { case: 'undo', value: { actId: 'a1' } };
    const undone = (now: ReturnType<typeof meeting>['now']) => {
      now.acts = [];
      now.speech = speech('s0', 'Nino Beridze');
    };
    expect(said(undo, undone)).toBe(
      'Undone: Floor given to Kim. Floor: Nino Beridze, France. 3 minutes.',
    );
  });

  it('A1 Q8: removed entries and items are named, moved ones with their new place', () => {
    const entry = { requestId: 'q1' };
    expect(said({ case: 'removeRequest', value: entry }, (now) => (now.entries = []))).toBe(
      'Ana Castillo removed from the queue.',
    );
    expect(
      said(
        { case: 'moveRequest', value: { ...entry, beforeRequestId: '' } },
        (now) => (now.entries = now.entries.map((one) => ({ ...one, place: 4 }))),
      ),
    ).toBe('Ana Castillo now has place 4.');
    expect(said({ case: 'removeItem', value: { itemId: 'i1' } }, (now) => (now.items = []))).toBe(
      '“Welcome” removed from the agenda.',
    );
    expect(said({ case: 'endItem', value: { roomId: 'plenary', seenRunId: '' } }, nothing)).toBe(
      '“Welcome” ended.',
    );
  });

  it('A1: nothing of what the page says beside its button, or what the act was not for', () => {
    expect(said({ case: 'changeRoom', value: { roomId: 'plenary' } }, nothing)).toBe('');
    expect(said({ case: 'requestFloor', value: { roomId: 'plenary', kind: 1 } }, nothing)).toBe('');
  });
});
