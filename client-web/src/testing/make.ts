// Entities for tests: what is not said has the vocabulary's default.
import type { DescMessage, MessageShape } from '@bufbuild/protobuf';
import { AgendaItemSchema } from '../wire/generated/plenary/v1/entities_pb';
import {
  ActViewSchema,
  AnnouncementViewSchema,
  DelegationViewSchema,
  EntryViewSchema,
  InvitationRowSchema,
  ItemViewSchema,
  PersonalViewSchema,
  PersonRowSchema,
  PresenceViewSchema,
  RoomViewSchema,
  SessionInfoSchema,
  SpeechViewSchema,
} from '../wire/generated/plenary/v1/views_pb';
import { WelcomeSchema } from '../wire/generated/plenary/v1/wire_pb';
import type { Plain, PlainInit } from '../wire';
import { fromPlain, toPlain } from './protobuf';

function maker<Desc extends DescMessage>(desc: Desc) {
  return (init: PlainInit<MessageShape<Desc>> = {} as never): Plain<MessageShape<Desc>> =>
    toPlain(fromPlain(desc, init));
}

export const make = {
  act: maker(ActViewSchema),
  agendaItem: maker(AgendaItemSchema),
  announcement: maker(AnnouncementViewSchema),
  delegation: maker(DelegationViewSchema),
  entry: maker(EntryViewSchema),
  invitationRow: maker(InvitationRowSchema),
  item: maker(ItemViewSchema),
  personal: maker(PersonalViewSchema),
  personRow: maker(PersonRowSchema),
  presence: maker(PresenceViewSchema),
  room: maker(RoomViewSchema),
  session: maker(SessionInfoSchema),
  speech: maker(SpeechViewSchema),
  welcome: maker(WelcomeSchema),
};

// A generator of numbers in [0, 1) from a seed (mulberry32): the same seed, the same run.
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
