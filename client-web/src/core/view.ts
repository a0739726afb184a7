// The page's copy of the session's view: one immutable map per kind of entity, replaced only when
// something in it changed, so that a page redraws only what did. Rules:
// proto/plenary/v1/PROTOCOL.md, "Views".
import {
  Audience,
  ViewKind,
  type ActView,
  type AnnouncementView,
  type DelegationView,
  type EntryView,
  type ItemView,
  type Position,
  type RoomView,
  type SessionInfo,
  type SessionView,
  type SpeechView,
  type ViewChange,
  type ViewEntity,
} from '../wire';

export interface ViewState {
  readonly position: Position;
  readonly audience: Audience;
  readonly session: SessionInfo | undefined;
  readonly rooms: ReadonlyMap<string, RoomView>;
  readonly items: ReadonlyMap<string, ItemView>;
  readonly entries: ReadonlyMap<string, EntryView>;
  readonly speeches: ReadonlyMap<string, SpeechView>;
  readonly delegations: ReadonlyMap<string, DelegationView>;
  readonly announcements: ReadonlyMap<string, AnnouncementView>;
  readonly acts: ReadonlyMap<string, ActView>;
}

export type Applied =
  | { readonly kind: 'applied'; readonly view: ViewState }
  | { readonly kind: 'dropped' } // reached already
  | { readonly kind: 'mismatch' }; // a hole, or another history: the page must come back

type MapName = Exclude<keyof ViewState, 'position' | 'audience' | 'session'>;

const mapOfKind: Partial<Record<ViewKind, MapName>> = {
  [ViewKind.ROOM]: 'rooms',
  [ViewKind.ITEM]: 'items',
  [ViewKind.ENTRY]: 'entries',
  [ViewKind.SPEECH]: 'speeches',
  [ViewKind.DELEGATION]: 'delegations',
  [ViewKind.ANNOUNCEMENT]: 'announcements',
  [ViewKind.ACT]: 'acts',
};

const mapOfCase = {
  room: 'rooms',
  entry: 'entries',
  speech: 'speeches',
  delegation: 'delegations',
  announcement: 'announcements',
  act: 'acts',
} as const;

export function samePosition(a: Position | undefined, b: Position | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.seq === b.seq && a.id.length === b.id.length && a.id.every((byte, i) => byte === b.id[i])
  );
}

export const emptyView: ViewState = {
  position: { seq: 0, id: new Uint8Array() },
  audience: Audience.UNSPECIFIED,
  session: undefined,
  rooms: new Map(),
  items: new Map(),
  entries: new Map(),
  speeches: new Map(),
  delegations: new Map(),
  announcements: new Map(),
  acts: new Map(),
};

export function wholeView({ position, audience, entities }: SessionView): ViewState {
  const start = { ...emptyView, position: position ?? emptyView.position, audience };
  return new Draft(start).put(entities).view;
}

export function applyChange(view: ViewState, change: ViewChange): Applied {
  const { from, to } = change;
  if (from === undefined || to === undefined) return { kind: 'mismatch' };
  if (!samePosition(from, view.position)) {
    // A late repeat of what is here already is harmless; the same number with another id is not.
    const reached = to.seq < view.position.seq || samePosition(to, view.position);
    return { kind: reached ? 'dropped' : 'mismatch' };
  }
  const draft = new Draft({ ...view, position: to });
  for (const { kind, id } of change.removed) draft.remove(kind, id);
  return { kind: 'applied', view: draft.put(change.put).view };
}

// Copies a map the first time something in it changes.
class Draft {
  readonly #own = new Set<MapName>();
  view: ViewState;

  constructor(view: ViewState) {
    this.view = view;
  }

  #map(name: MapName): Map<string, unknown> {
    if (!this.#own.has(name)) {
      this.#own.add(name);
      this.view = { ...this.view, [name]: new Map<string, unknown>(this.view[name]) };
    }
    return this.view[name] as Map<string, unknown>;
  }

  put(entities: readonly ViewEntity[]): this {
    for (const { kind: entity } of entities) {
      if (entity.case === 'session') this.view = { ...this.view, session: entity.value };
      else if (entity.case === 'item') {
        const id = entity.value.item?.id;
        if (id !== undefined) this.#map('items').set(id, entity.value);
      } else if (entity.case !== undefined) {
        this.#map(mapOfCase[entity.case]).set(entity.value.id, entity.value);
      }
    }
    return this;
  }

  remove(kind: ViewKind, id: string): void {
    const name = mapOfKind[kind];
    if (name !== undefined && this.view[name].has(id)) this.#map(name).delete(id);
  }
}
