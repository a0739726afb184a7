import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PendingCommand } from '../connection/types';
import { wholeView, type ViewState } from '../core/view';
import { FakeConnection } from '../testing/fake-connection';
import { make } from '../testing/make';
import {
  Audience,
  ItemKind,
  RequestKind,
  Role,
  SessionPhase,
  SpeechState,
  type CommandBody,
  type ViewEntity,
} from '../wire';
import { Session } from './session.svelte';

const now = Date.parse('2027-05-12T07:30:00Z');

const view = (...entities: ViewEntity['kind'][]): ViewState =>
  wholeView({
    position: { seq: 1, id: Uint8Array.of(1) },
    audience: Audience.EVERYONE,
    entities: entities.map((kind) => ({ kind })),
  });

const day = make.session({
  id: 's',
  date: '2027-05-12',
  plannedStart: '09:00',
  zone: 'Europe/Brussels',
  phase: SessionPhase.LIVE,
});
const room = (id: string, more = {}) => ({
  case: 'room' as const,
  value: make.room({ id, name: { text: id }, ...more }),
});
const entry = (id: string) => ({ case: 'entry' as const, value: make.entry({ id }) });
const item = (id: string, roomId: string, position: number, kind = ItemKind.OTHER) => ({
  case: 'item' as const,
  value: make.item({ item: { id, roomId, position, kind, plannedMs: 600_000 } }),
});

let connection: FakeConnection;
let session: Session;

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
  vi.stubGlobal('document', {
    hidden: true, // no ticking: time is what the test says
    documentElement: { lang: '' },
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  });
  connection = new FakeConnection(now);
  session = new Session({ sessionId: 's', token: 'token', display: false }, connection);
});

describe('the store', () => {
  it('starts and stops its connection', () => {
    expect(connection.started).toBe(1);
    session.stop();
    expect(connection.stopped).toBe(1);
  });

  it('C3: says whether it is live, catching up or offline, and since when', () => {
    expect(session.connection).toEqual({ kind: 'connecting' });
    connection.become({ status: { kind: 'live' } });
    expect(session.connection).toEqual({ kind: 'live' });
    expect(session.live).toBe(true);
    const clock = { offsetMs: 5000, errorMs: 1, atMs: 0 };
    connection.become({ status: { kind: 'offline', retryAtMs: 0 }, lostAtMs: 1000, clock });
    expect(session.connection).toEqual({ kind: 'offline', sinceMs: 6000 });
    for (const kind of ['connecting', 'greeting'] as const) {
      connection.become({ status: { kind } });
      expect(session.connection.kind).toBe('offline');
    }
    for (const [lostFor, why] of [
      [4001, 'restarting'],
      [4004, 'unavailable'],
      [4007, 'full'],
      [4000, undefined],
    ] as const) {
      connection.become({ status: { kind: 'connecting' }, lostFor });
      expect(session.connection).toEqual({ kind: 'offline', sinceMs: 6000, why });
    }
    connection.become({ status: { kind: 'catching_up' } });
    expect(session.connection).toEqual({ kind: 'catching_up', sinceMs: 6000 });
    connection.become({ status: { kind: 'ended', reason: 'removed' } });
    expect(session.connection).toEqual({ kind: 'ended', reason: 'removed' });
  });

  it('C3: who was never live has nothing to catch up with', () => {
    for (const kind of ['connecting', 'greeting', 'catching_up'] as const) {
      connection.become({ status: { kind } });
      expect(session.connection).toEqual({ kind: 'connecting' });
    }
  });

  it('Q1: the queue is in the room’s order, and entries that it lacks are passed over', () => {
    const shown = view(room('plenary', { entryIds: ['b', 'x', 'a'] }), entry('a'), entry('b'));
    connection.become({ view: shown });
    expect(session.queueOf('plenary').map(({ id }) => id)).toEqual(['b', 'a']);
    expect(session.queueOf('elsewhere')).toEqual([]);
  });

  it('T1: the clock of a speech follows the server’s time', () => {
    const speech = make.speech({
      id: 'x',
      roomId: 'plenary',
      state: SpeechState.RUNNING,
      limitMs: 180_000,
      intervals: [{ fromMs: now - 55_000, toMs: 0 }],
    });
    const plenary = room('plenary', { currentSpeechId: 'x', settings: { warningMs: 30_000 } });
    connection.become({ view: view(plenary, { case: 'speech', value: speech }) });
    const floor = session.floorOf('plenary');
    expect(floor?.id).toBe('x');
    if (floor === undefined) return;
    expect(session.clockOf(floor).text).toBe('2:05');
    connection.nowMs += 100_000;
    connection.become({});
    expect(session.clockOf(floor)).toMatchObject({ text: '0:25', mood: 'short' });
  });

  it('S3: each room has its agenda; the workshops’ begin with the plenary’s item', () => {
    const shown = view(
      { case: 'session', value: day },
      room('crisis', { position: 2 }),
      room('plenary', { plenary: true, position: 1 }),
      item('two', 'plenary', 2, ItemKind.WORKSHOP),
      item('one', 'plenary', 1),
      item('in', 'crisis', 3),
    );
    connection.become({ view: shown });
    expect(session.rooms.map(({ id }) => id)).toEqual(['plenary', 'crisis']);
    expect(session.itemsOf('plenary').map((one) => one.item?.id)).toEqual(['one', 'two']);
    const plenary = session.agendaOf('plenary');
    expect(plenary?.latenessMs).toBe(30 * 60_000);
    expect(plenary?.expectedEndMs).toBe(now + 20 * 60_000);
    const begin = Date.parse('2027-05-12T07:10:00Z');
    expect(session.agendaOf('crisis')?.items[0]?.plannedStartMs).toBe(begin);
    expect(session.agendaOf('nowhere')).toBeUndefined();
  });

  it('P2: roles hold for the session, the plenary or one room', () => {
    const shown = view(room('plenary', { plenary: true }), room('crisis'), room('human'));
    const grant = (role: Role, roomId: string) =>
      connection.become({
        view: shown,
        personal: make.personal({ personId: 'me', grants: [{ role, roomId }] }),
      });
    const staffOf = () => ['plenary', 'crisis', 'human'].filter((id) => session.isStaff(id));
    const moderates = () => ['plenary', 'crisis', 'human'].filter((id) => session.isModerator(id));
    expect(staffOf()).toEqual([]);
    grant(Role.MODERATOR, '');
    expect(moderates()).toEqual(['plenary', 'crisis', 'human']);
    grant(Role.MODERATOR, 'plenary');
    expect(moderates()).toEqual(['plenary', 'crisis', 'human']);
    grant(Role.MODERATOR, 'crisis');
    expect(moderates()).toEqual(['crisis']);
    grant(Role.NOTE_TAKER, 'plenary');
    expect(staffOf()).toEqual(['plenary']);
    expect(moderates()).toEqual([]);
    grant(Role.PARTICIPANT, '');
    expect(staffOf()).toEqual([]);
  });

  it('C5: only the reader’s own raise and withdraw are kept', async () => {
    connection.become({
      personal: make.personal({ personId: 'me', requests: [{ requestId: 'mine' }] }),
    });
    const raise = { roomId: 'plenary', kind: RequestKind.HAND };
    const bodies: [CommandBody, boolean][] = [
      [{ case: 'requestFloor', value: raise }, true],
      [{ case: 'requestFloor', value: { ...raise, forPersonId: 'me' } }, true],
      [{ case: 'requestFloor', value: { ...raise, forPersonId: 'another' } }, false],
      [{ case: 'withdrawRequest', value: { requestId: 'mine' } }, true],
      [{ case: 'withdrawRequest', value: { requestId: 'theirs' } }, false],
      [{ case: 'yieldFloor', value: { speechId: 'x' } }, false],
      [{ case: 'nextSpeaker', value: { roomId: 'plenary' } }, false],
      [{ case: 'stepBack', value: { requestId: 'mine' } }, false],
    ];
    for (const [body] of bodies) await session.send(body);
    expect(connection.sent.map(({ keep }) => keep)).toEqual(bodies.map(([, keep]) => keep));
  });

  it('C5: hands on their way are told apart from places', () => {
    const pending = (body: CommandBody, keep: boolean): PendingCommand => ({
      id: body.case,
      body,
      issuedAtMs: 0,
      issuedWallMs: 0,
      keep,
      tries: 0,
      state: { kind: 'kept' },
    });
    const raise = { roomId: 'plenary', kind: RequestKind.HAND };
    connection.become({
      pending: [
        pending({ case: 'requestFloor', value: raise }, true),
        pending({ case: 'requestFloor', value: { ...raise, forPersonId: 'x' } }, false),
        pending({ case: 'withdrawRequest', value: { requestId: 'mine' } }, true),
      ],
    });
    expect(session.raising('plenary')).toHaveLength(1);
    expect(session.raising('crisis')).toHaveLength(0);
    expect(session.lowering('mine')).toBe('kept');
    expect(session.lowering('other')).toBe('no');
    expect(session.handIn('plenary')).toMatchObject({ kind: 'pending', way: 'kept' });
    expect(session.handIn('crisis')).toEqual({ kind: 'none' });
    expect(session.isPending('withdrawRequest')).toBe(true);
  });

  it('S5: an announcement that was put away stays so on the next visit', () => {
    const announcement = (id: string) => ({
      case: 'announcement' as const,
      value: make.announcement({ id, text: id }),
    });
    connection.become({ view: view(announcement('a'), announcement('b')) });
    session.putAway('a');
    expect(session.announcementsIn('plenary').map(({ id }) => id)).toEqual(['b']);
    const again = new Session(session.identity, connection);
    connection.become({});
    expect(again.announcementsIn('plenary').map(({ id }) => id)).toEqual(['b']);
  });

  it('P3: presence by room, and away since when', () => {
    connection.become({
      presence: make.presence({
        online: 9,
        rooms: [{ roomId: 'plenary', online: 7 }],
        away: [{ personId: 'x', sinceMs: now }],
      }),
    });
    expect(session.onlineIn('plenary')).toBe(7);
    expect(session.onlineIn('crisis')).toBe(0);
    expect(session.awaySince('x')).toBe(now);
    expect(session.awaySince('y')).toBeUndefined();
  });

  it('Q15: what can be undone stands with the latest first, room by room', () => {
    const act = (id: string, roomId: string, atMs: number) => ({
      case: 'act' as const,
      value: make.act({ id, roomId, atMs }),
    });
    connection.become({ view: view(act('a', 'p', 1), act('b', 'p', 3), act('c', 'q', 2)) });
    expect(session.acts('p').map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it('D1: a display is known by its welcome and reads its own room', () => {
    expect(session.isDisplay).toBe(false);
    connection.become({ welcome: make.welcome({ personId: '', roomId: 'crisis' }) });
    expect(session.isDisplay).toBe(true);
    expect(session.homeRoomId).toBe('crisis');
  });
});
