// The vocabulary as the client's code sees it: plain data with numbers, and bytes on the other
// side. Field names and their comments stand in proto/plenary/v1/.
import { decode, encode } from './codec';
import type * as commands from './generated/plenary/v1/commands_pb';
import type * as entities from './generated/plenary/v1/entities_pb';
import type * as views from './generated/plenary/v1/views_pb';
import type * as wire from './generated/plenary/v1/wire_pb';
import type { Plain, PlainInit } from './plain';

export {
  ActKind,
  Asked,
  EntryPolicy,
  HolderKind,
  ItemKind,
  Overrun,
  Preset,
  RequestKind,
  Role,
  SessionPhase,
  SpeechState,
} from './generated/plenary/v1/entities_pb';
export { ImportAgenda_Mode, StartItem_Waiting } from './generated/plenary/v1/commands_pb';
export { Audience, PlaceReason_Kind, ViewKind } from './generated/plenary/v1/views_pb';
export { RefusalCode } from './refusal-codes';
export type { Plain, PlainInit } from './plain';

export type Position = Plain<entities.Position>;
export type Text = Plain<entities.Text>;
export type Grant = Plain<entities.Grant>;
export type Interval = Plain<entities.Interval>;
export type Run = Plain<entities.Run>;
export type AgendaItem = Plain<entities.AgendaItem>;
export type NamedSpeaker = Plain<entities.NamedSpeaker>;
export type RoomSettings = Plain<entities.RoomSettings>;

export type SessionInfo = Plain<views.SessionInfo>;
export type RoomView = Plain<views.RoomView>;
export type OfferedKind = Plain<views.OfferedKind>;
export type ItemView = Plain<views.ItemView>;
export type EntryView = Plain<views.EntryView>;
export type SpeechView = Plain<views.SpeechView>;
export type DelegationView = Plain<views.DelegationView>;
export type AnnouncementView = Plain<views.AnnouncementView>;
export type ActView = Plain<views.ActView>;
export type ViewEntity = Plain<views.ViewEntity>;
export type SessionView = Plain<views.SessionView>;
export type ViewChange = Plain<views.ViewChange>;
export type PersonalView = Plain<views.PersonalView>;
export type OwnRequest = Plain<views.OwnRequest>;
export type OwnFloor = Plain<views.OwnFloor>;
export type PresenceView = Plain<views.PresenceView>;
export type PersonRow = Plain<views.PersonRow>;
export type PeoplePage = Plain<views.PeoplePage>;
export type QueuePage = Plain<views.QueuePage>;
export type InvitationList = Plain<views.InvitationList>;
export type PlaceExplanation = Plain<views.PlaceExplanation>;
export type PlaceReason = Plain<views.PlaceReason>;
export type SpeakingTimes = Plain<views.SpeakingTimes>;
export type TimeTotal = Plain<views.TimeTotal>;

export type Welcome = Plain<wire.Welcome>;
export type Reply = Plain<wire.Reply>;
export type Answer = Plain<wire.Answer>;
export type Refusal = Plain<wire.Refusal>;
export type Bye = Plain<wire.Bye>;
export type ServerMessage = Plain<wire.ServerMessage>;

// One command or question: { case: 'requestFloor', value: { roomId } }.
export type CommandBody = Exclude<PlainInit<commands.Command['body']>, { case: undefined }>;
export type CommandCase = CommandBody['case'];
export type QuestionBody = Exclude<PlainInit<wire.Question['body']>, { case: undefined }>;
export type AgendaEntry = PlainInit<commands.AgendaEntry>;
export type ClientMessage = PlainInit<wire.ClientMessage>;

// Throws on bytes that are no ServerBatch; the connection machine's shell catches it.
export function decodeBatch(bytes: Uint8Array): readonly ServerMessage[] {
  return (decode('ServerBatch', bytes) as Plain<wire.ServerBatch>).messages;
}

export function encodeMessage(message: ClientMessage): Uint8Array<ArrayBuffer> {
  return encode('ClientMessage', message);
}
