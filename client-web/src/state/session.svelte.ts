// One session as the pages see it: the whole contract between pages and everything below them.
//
//   const session = openSession(identity)   App makes it and calls setSession(session); pages
//                                           call getSession()
//   session.stop()                          when the page goes
//
// Everything read here is reactive and typed by the vocabulary (src/wire): read it in markup or
// $derived, never copy it into state. Values are immutable: compare by identity. Instants are
// server time, in milliseconds.
//
//   connection   .connection .live .welcome: what to say about it (C3); .live: commands reach the
//                server now; .freshAtMs: until when what is shown is known to be true
//   time         .nowMs (5 a second) .secondMs .clockOf(speech), .agendaOf(room): ready to show
//   who am I     .me .audience .isStaff(room) .isModerator(room) .isDisplay .homeRoomId
//   session      .info .rooms .room(id) .plenary .items .itemsOf(room) .currentItem(room)
//                .delegations
//   queue        .queueOf(room): the first 50 in order; .room(id).waitingCount counts all
//   floor        .floorOf(room) .suspendedOf(room) .topicOf(room)
//   own          .requests .requestsIn(room) .floors .ownActs; .handIn(room) .raising(room)
//                .lowering(id): what is on its way (state/hand.ts)
//   others       .presence .awaySince(person) .acts(room) .announcementsIn(room)
//                .announcements .putAway(id)
//   names        .delegationName(id, text) .roomName(id) .itemTitle(id) .say(text): in the reader's
//                language (S9)
//
// Acting: `await session.send({ case: 'setQueueOpen', value: { roomId, open } })` resolves once,
// with an Outcome, when the view shows what it did, or with why not. It never rejects. While not
// live only the reader's own raise and withdraw are kept (C5); all else is 'cannot_act' at once and
// never sent. components/outcome.ts has outcomeText(). Commands on the floor carry what the button
// showed when it was pressed (Q5): pass the ids that were rendered.
// Asking: `await session.ask({ case: 'explainPlace', value: { requestId } })` resolves with { case,
// value }, where case 'refusal' is one, or with undefined if the connection went.
import { createContext } from 'svelte';
import { idleMachine } from '../connection/machine';
import { connect, type Connection } from '../connection/runtime';
import type { AnswerBody, Machine, Outcome, PendingCommand } from '../connection/types';
import { agendaOf, workshopBegin, type AgendaTimes } from '../core/agenda';
import { standing } from '../core/announcements';
import { speechClock, type SpeechClock } from '../core/clock';
import { pickText } from '../core/names';
import { emptyView, type ViewState } from '../core/view';
import { currentLanguage } from '../i18n';
import {
  Role,
  type ActView,
  type AgendaItem,
  type AnnouncementView,
  type Audience,
  type CommandBody,
  type CommandCase,
  type DelegationView,
  type EntryView,
  type ItemView,
  type OwnFloor,
  type OwnRequest,
  type PersonalView,
  type PresenceView,
  type QuestionBody,
  type RoomView,
  type SessionInfo,
  type SpeechView,
  type Text,
  type Welcome,
} from '../wire';
import { connectionStateOf, slowAfterMs, type ConnectionState } from './connection-state';
import {
  handIn,
  loweringOf,
  risingIn,
  type HandState,
  type Lowering,
  type PendingRaise,
} from './hand';
import type { Identity } from './identity';
import { KeptCommands } from './kept-commands';
import { rememberName } from './known-name';
import { putAwayIn, rememberPutAway } from './put-away';
import { startTicking } from './ticker';

export type { ConnectionState } from './connection-state';
export type { EndReason, Outcome, PendingCommand } from '../connection/types';

const byPosition = (a: { position: number }, b: { position: number }) => a.position - b.position;

export class Session {
  readonly identity: Identity;
  readonly #connection: Connection;
  readonly #stopTicking: () => void;
  #putAway: ReadonlySet<string> = $state.raw(new Set());

  #stopped = false;
  #ofKept: Outcome | undefined = $state.raw();

  #machine: Machine = $state.raw(idleMachine);
  #now: number = $state(0);
  readonly #second: number = $derived(Math.floor(this.#now / 1000) * 1000);
  // One derived value for each map: what reads entries is not run again when an item changes.
  readonly #view: ViewState = $derived(this.#machine.view ?? emptyView);
  readonly #info = $derived(this.#view.session);
  readonly #roomMap = $derived(this.#view.rooms);
  readonly #itemMap = $derived(this.#view.items);
  readonly #entryMap = $derived(this.#view.entries);
  readonly #speechMap = $derived(this.#view.speeches);
  readonly #delegationMap = $derived(this.#view.delegations);
  readonly #announcementMap = $derived(this.#view.announcements);
  readonly #actMap = $derived(this.#view.acts);
  readonly #me = $derived(this.#machine.personal);
  readonly #welcome = $derived(this.#machine.welcome);
  readonly #status = $derived(this.#machine.status);
  readonly #presence = $derived(this.#machine.presence);
  readonly #pending = $derived(this.#machine.pending);
  readonly #rooms = $derived([...this.#roomMap.values()].sort(byPosition));
  readonly #items = $derived(
    [...this.#itemMap.values()].sort((a, b) => (a.item?.position ?? 0) - (b.item?.position ?? 0)),
  );
  readonly #away = $derived(
    new Map(this.#presence?.away.map(({ personId, sinceMs }) => [personId, sinceMs])),
  );
  readonly #agendas = $derived.by(() => this.#makeAgendas());
  // Of their own, so that what reads them runs again when they change, not at every message.
  readonly #live = $derived(this.#status.kind === 'live');
  readonly #ready = $derived(this.#machine.view !== undefined);
  readonly #freshAt = $derived(this.#machine.freshAtMs + this.#machine.clock.offsetMs);
  readonly #slow = $derived(this.#live && this.#now - this.#freshAt > slowAfterMs);
  readonly #connectionState: ConnectionState = $derived(
    this.#slow ? { kind: 'slow' } : connectionStateOf(this.#machine),
  );

  constructor(identity: Identity, connection: Connection) {
    this.identity = identity;
    this.#connection = connection;
    this.#putAway = new Set(putAwayIn(identity.sessionId));
    const kept = new KeptCommands(identity);
    connection.onChange = (machine) => {
      this.#machine = machine;
      this.#now = connection.serverNowMs();
      if (!this.#stopped) kept.hold(machine.pending);
      rememberName(identity, machine.personal);
    };
    for (const { body, earlier } of kept.take(Date.now())) {
      void connection.send(body, true, earlier).then((outcome) => (this.#ofKept = outcome));
    }
    this.#stopTicking = startTicking(() => (this.#now = connection.serverNowMs()));
    connection.start();
  }

  stop(): void {
    this.#stopped = true; // what is on its way stays kept for the next page
    this.#stopTicking();
    this.#connection.stop();
  }

  // ---- connection and time
  get connection(): ConnectionState {
    return this.#connectionState;
  }
  get live(): boolean {
    return this.#live;
  }
  // True once there is anything to show; stays so while offline.
  get ready(): boolean {
    return this.#ready;
  }
  // The last sign of life while live; before the first view, since when it is waited for.
  get freshAtMs(): number {
    return this.#freshAt;
  }
  get welcome(): Welcome | undefined {
    return this.#welcome;
  }
  get nowMs(): number {
    return this.#now;
  }
  // By how much this device's own clock is ahead of the server's time; negative: behind.
  get clockAheadMs(): number {
    return -this.#machine.clock.offsetMs;
  }
  get secondMs(): number {
    return this.#second;
  }
  // Comes back at once instead of waiting for the next try.
  reconnect(): void {
    this.#connection.wake();
  }

  // ---- who reads
  get me(): PersonalView | undefined {
    return this.#me;
  }
  get audience(): Audience {
    return this.#view.audience;
  }
  get isDisplay(): boolean {
    return this.#welcome?.personId === '';
  }
  // The room that the reader is in; a display's is its own.
  get homeRoomId(): string {
    return this.#welcome?.roomId || this.#me?.roomId || this.plenary?.id || '';
  }
  // A role for the session or this room; the plenary's moderators have every room (P2). For
  // showing: the server decides.
  hasRole(role: Role, roomId: string): boolean {
    return (this.#me?.grants ?? []).some(
      (grant) => grant.role === role && (grant.roomId === '' || grant.roomId === roomId),
    );
  }
  isModerator(roomId: string): boolean {
    return (
      this.hasRole(Role.MODERATOR, roomId) || this.hasRole(Role.MODERATOR, this.plenary?.id ?? '')
    );
  }
  isStaff(roomId: string): boolean {
    return this.isModerator(roomId) || this.hasRole(Role.NOTE_TAKER, roomId);
  }

  // ---- session, rooms, agenda
  get info(): SessionInfo | undefined {
    return this.#info;
  }
  get rooms(): readonly RoomView[] {
    return this.#rooms;
  }
  get plenary(): RoomView | undefined {
    return this.#rooms.find((room) => room.plenary);
  }
  room(id: string): RoomView | undefined {
    return this.#roomMap.get(id);
  }
  get items(): readonly ItemView[] {
    return this.#items;
  }
  item(id: string): ItemView | undefined {
    return this.#itemMap.get(id);
  }
  itemsOf(roomId: string): readonly ItemView[] {
    return this.#items.filter(({ item }) => item?.roomId === roomId);
  }
  currentItem(roomId: string): AgendaItem | undefined {
    return this.#itemMap.get(this.room(roomId)?.currentItemId ?? '')?.item;
  }
  // Planned and elapsed, lateness and expected end, to the second (S3). Undefined: no such room.
  agendaOf(roomId: string): AgendaTimes | undefined {
    return this.#agendas.get(roomId);
  }
  get delegations(): readonly DelegationView[] {
    return [...this.#delegationMap.values()].sort(byPosition);
  }

  // ---- queue and floor
  queueOf(roomId: string): readonly EntryView[] {
    return found(this.room(roomId)?.entryIds ?? [], this.#entryMap);
  }
  entry(id: string): EntryView | undefined {
    return this.#entryMap.get(id);
  }
  floorOf(roomId: string): SpeechView | undefined {
    return this.#speechMap.get(this.room(roomId)?.currentSpeechId ?? '');
  }
  suspendedOf(roomId: string): readonly SpeechView[] {
    return found(this.room(roomId)?.suspendedSpeechIds ?? [], this.#speechMap);
  }
  topicOf(roomId: string): SpeechView | undefined {
    return this.#speechMap.get(this.room(roomId)?.topicSpeechId ?? '');
  }
  clockOf(speech: SpeechView): SpeechClock {
    return speechClock(speech, this.room(speech.roomId)?.settings, this.#now);
  }

  // ---- the reader's own
  get requests(): readonly OwnRequest[] {
    return this.#me?.requests ?? [];
  }
  requestsIn(roomId: string): readonly OwnRequest[] {
    return this.requests.filter((request) => request.roomId === roomId);
  }
  get floors(): readonly OwnFloor[] {
    return this.#me?.floors ?? [];
  }
  get ownActs(): readonly ActView[] {
    return this.#me?.acts ?? [];
  }
  // Commands on their way: sent, kept for later, or done but not in the view yet.
  get pending(): readonly PendingCommand[] {
    return this.#pending;
  }
  // What became of a raise or withdraw that was pressed before the page was loaded again.
  get outcomeOfKept(): Outcome | undefined {
    return this.#ofKept;
  }
  heardOfKept(): void {
    this.#ofKept = undefined;
  }
  // The hand that the page speaks of first, and others on their way up (state/hand.ts).
  handIn(roomId: string): HandState {
    return handIn(roomId, this.#pending, this.requests);
  }
  raising(roomId: string): readonly PendingRaise[] {
    return risingIn(roomId, this.#pending, this.requests);
  }
  lowering(requestId: string): Lowering {
    return loweringOf(requestId, this.#pending);
  }
  isPending(kind: CommandCase): boolean {
    return this.#pending.some(({ body }) => body.case === kind);
  }

  // ---- others
  get presence(): PresenceView | undefined {
    return this.#presence;
  }
  onlineIn(roomId: string): number {
    return this.#presence?.rooms.find((room) => room.roomId === roomId)?.online ?? 0;
  }
  awaySince(personId: string): number | undefined {
    return this.#away.get(personId);
  }
  // Staff: what can still be undone, the latest first (Q15).
  acts(roomId: string): readonly ActView[] {
    return [...this.#actMap.values()]
      .filter((act) => act.roomId === roomId)
      .sort((a, b) => b.atMs - a.atMs);
  }
  announcementsIn(roomId: string): readonly AnnouncementView[] {
    return standing([...this.#announcementMap.values()], roomId, this.#putAway);
  }
  // Staff: all that stand, whatever the reader put away elsewhere.
  get announcements(): readonly AnnouncementView[] {
    return [...this.#announcementMap.values()].sort((a, b) => b.atMs - a.atMs);
  }
  putAway(announcementId: string): void {
    this.#putAway = new Set([...this.#putAway, announcementId]);
    rememberPutAway(this.identity.sessionId, [...this.#putAway]);
  }

  // ---- names
  say(text: Text | undefined): string {
    return pickText(text, currentLanguage());
  }
  delegationName(id: string, text = ''): string {
    return this.say(this.#delegationMap.get(id)?.name) || text;
  }
  roomName(id: string): string {
    return this.say(this.room(id)?.name);
  }
  itemTitle(id: string): string {
    return this.say(this.#itemMap.get(id)?.item?.title);
  }

  // ---- acting and asking
  send(body: CommandBody): Promise<Outcome> {
    return this.#connection.send(body, this.#keeps(body));
  }
  // Takes back a command that still waits for the connection; false: too late, it was sent.
  cancel(commandId: string): boolean {
    return this.#connection.cancel(commandId);
  }
  ask(body: QuestionBody): Promise<AnswerBody | undefined> {
    return this.#connection.ask(body);
  }

  #keeps(body: CommandBody): boolean {
    if (body.case === 'requestFloor') {
      const person = body.value.forPersonId ?? '';
      return person === '' || person === this.#me?.personId;
    }
    if (body.case !== 'withdrawRequest') return false;
    const { requestId } = body.value;
    return this.requests.some((request) => request.requestId === requestId);
  }

  #makeAgendas(): ReadonlyMap<string, AgendaTimes> {
    const session = this.#info;
    const made = new Map<string, AgendaTimes>();
    if (session === undefined) return made;
    let begin: number | undefined;
    for (const room of [...this.#rooms].sort((a, b) => Number(b.plenary) - Number(a.plenary))) {
      const items = this.itemsOf(room.id).flatMap(({ item }) => (item === undefined ? [] : [item]));
      const agenda = agendaOf(items, room.currentItemId, session, this.#second, begin);
      made.set(room.id, agenda);
      if (room.plenary) begin = workshopBegin(agenda);
    }
    return made;
  }
}

function found<T>(ids: readonly string[], map: ReadonlyMap<string, T>): readonly T[] {
  return ids.flatMap((id) => map.get(id) ?? []);
}

// What pages and components depend on: the public side alone, so that a gallery or a test can give
// one of its own.
export type SessionFace = Pick<Session, keyof Session>;

export function openSession(identity: Identity): Session {
  return new Session(identity, connect(identity.token, { vigilant: identity.display }));
}

export const [getSession, setSession] = createContext<SessionFace>();
