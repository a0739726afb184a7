// A connection without a server: it shows one scene, answers what staff ask, and takes the changes
// that tests make to see what a page repaints.
import type { Connection } from '../../connection/runtime';
import type { AnswerBody, Machine, Outcome, Status } from '../../connection/types';
import { PlaceReason_Kind, RequestKind, type EntryView, type QuestionBody } from '../../wire';
import { make } from '../../testing/make';
import { machineOf, type Reader } from './machine';
import { invitations, peoplePage, personAt } from './people';
import { allEntriesOf, entryAt } from './queue';
import { startMs, type Scene } from './scene';

const done: Outcome = { kind: 'done', createdId: '' };

export class StagedConnection implements Connection {
  machine: Machine;
  onChange: (machine: Machine) => void = () => undefined;
  readonly #scene: Scene;
  readonly #openedMs = performance.now();
  readonly #people;

  constructor(scene: Scene, reader: Reader) {
    this.#scene = scene;
    this.machine = machineOf(scene, reader);
    this.#people = Array.from({ length: scene.people ?? 12 }, (_, i) => personAt(scene, i));
  }

  start(): void {
    this.onChange(this.machine);
  }
  stop(): void {
    this.onChange = () => undefined;
  }
  wake(): void {
    // It comes back when the scene says so.
  }
  serverNowMs(): number {
    return startMs + performance.now() - this.#openedMs;
  }
  send(): Promise<Outcome> {
    return Promise.resolve(done);
  }
  cancel(): boolean {
    return false;
  }

  ask(body: QuestionBody): Promise<AnswerBody | undefined> {
    return Promise.resolve(this.#answer(body));
  }

  #answer(body: QuestionBody): AnswerBody | undefined {
    switch (body.case) {
      case 'listPeople': {
        const { search = '', after = '', limit = 50 } = body.value;
        const wanted = search.toLocaleLowerCase();
        const found = this.#people.filter((one) => one.name.toLocaleLowerCase().includes(wanted));
        return { case: 'people', value: peoplePage(found, after, limit) };
      }
      case 'listQueue': {
        const rest = allEntriesOf(this.#scene).slice(50);
        return { case: 'queue', value: { entries: rest, total: rest.length + 50, nextAfter: '' } };
      }
      case 'listInvitations':
        return { case: 'invitations', value: invitations };
      case 'explainPlace': {
        const reason = {
          personName: '',
          atMs: 0,
          reason: '',
          requestKind: RequestKind.POINT_OF_ORDER,
        };
        const reasons = [
          { ...reason, kind: PlaceReason_Kind.HIGHER_BAND, count: 1 },
          { ...reason, kind: PlaceReason_Kind.EARLIER, count: 2 },
        ];
        const { requestId = '' } = body.value;
        return { case: 'place', value: { requestId, place: 4, reasons } };
      }
      default:
        return undefined;
    }
  }

  // ---- what tests change
  #entries(change: (entries: readonly EntryView[]) => readonly EntryView[]): void {
    const { view } = this.machine;
    const room = view?.rooms.get('plenary');
    if (!view || !room) return;
    const listed = change(room.entryIds.flatMap((id) => view.entries.get(id) ?? []));
    const entries = new Map(listed.map((entry) => [entry.id, entry]));
    const changed = { ...room, entryIds: listed.map(({ id }) => id), waitingCount: listed.length };
    const rooms = new Map(view.rooms).set('plenary', changed);
    this.machine = { ...this.machine, view: { ...view, entries, rooms } };
    this.onChange(this.machine);
  }

  // One more hand, at the end.
  raise(): void {
    this.#entries((entries) => {
      const last = entryAt(this.#scene, 900 + entries.length);
      return [...entries, { ...last, place: entries.length, note: '' }];
    });
  }

  // The note of one entry changes.
  note(id: string, note: string): void {
    this.#entries((all) => all.map((entry) => (entry.id === id ? { ...entry, note } : entry)));
  }

  // Somebody comes in: presence, and the count of those who entered.
  arrive(): void {
    const { view, presence } = this.machine;
    if (!view?.session || !presence) return;
    this.#people.push(personAt(this.#scene, this.#people.length));
    const session = { ...view.session, peopleCount: this.#people.length };
    this.machine = {
      ...this.machine,
      view: { ...view, session },
      presence: make.presence({ ...presence, online: presence.online + 1 }),
    };
    this.onChange(this.machine);
  }

  // The network goes, and comes back.
  lose(): void {
    this.#become({ kind: 'offline', retryAtMs: 0 });
  }
  comeBack(): void {
    this.#become({ kind: 'live' });
  }
  #become(status: Status): void {
    const live = status.kind === 'live';
    this.machine = {
      ...this.machine,
      status,
      freshAtMs: live ? Infinity : startMs,
      lostAtMs: live ? undefined : startMs,
    };
    this.onChange(this.machine);
  }
}
