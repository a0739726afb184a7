// What the connection machine is, takes and wants, as closed unions. machine.ts decides; runtime.ts
// does.
// Time: `nowMs` is the browser's own clock, in milliseconds; what is in server time says so.
import type { ClockEstimate } from '../core/offset';
import type { ViewState } from '../core/view';
import type {
  Answer,
  Bye,
  ClientMessage,
  CommandBody,
  PersonalView,
  Position,
  PresenceView,
  QuestionBody,
  Refusal,
  ServerMessage,
  Welcome,
} from '../wire';

export type EndReason =
  | 'bad_message'
  | 'too_big'
  | 'unknown_token'
  | 'removed'
  | 'revoked'
  | 'session_gone'
  | 'replaced'
  | 'other' // a code of 4500 and above that this page does not know
  | 'left'; // stopped by the page itself

export type Status =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting' } // the socket is being opened
  | { readonly kind: 'greeting' } // Hello is sent
  | { readonly kind: 'catching_up' } // welcomed; the whole view is on its way
  | { readonly kind: 'live' }
  | { readonly kind: 'offline'; readonly retryAtMs: number }
  | { readonly kind: 'ended'; readonly reason: EndReason };

export type CommandState =
  | { readonly kind: 'kept' } // was never sent: waits for the connection (C5)
  | { readonly kind: 'sent'; readonly atMs: number }
  // UNAVAILABLE, or the connection went: the same id again
  | { readonly kind: 'waiting'; readonly untilMs: number }
  | {
      readonly kind: 'accepted'; // durable; the view has not reached it yet
      readonly position: Position;
      readonly createdId: string;
      readonly untilMs: number;
    };

export interface PendingCommand {
  readonly id: string; // 32 hexadecimal digits
  readonly body: CommandBody;
  readonly issuedAtMs: number;
  // By the device's clock, which goes on while a phone sleeps, as the browser's own does not
  readonly issuedWallMs: number;
  readonly keep: boolean; // own raise or withdraw: kept while offline (C5)
  readonly tries: number;
  readonly state: CommandState;
}

// Of a command that was pressed before the page was loaded again.
export interface Earlier {
  readonly id: string;
  readonly ageMs: number;
  readonly sent: boolean; // perhaps done already
}

export type Outcome =
  | { readonly kind: 'done'; readonly createdId: string; readonly refusal?: undefined }
  | { readonly kind: 'refused'; readonly createdId: ''; readonly refusal: Refusal }
  // Not live, so nothing was sent and nothing will be (C5).
  | { readonly kind: 'cannot_act'; readonly createdId: ''; readonly refusal?: undefined }
  // Sent, and the connection went before the answer came: perhaps done, the view will tell.
  | { readonly kind: 'unknown'; readonly createdId: ''; readonly refusal?: undefined }
  // Taken back before it was ever sent.
  | { readonly kind: 'cancelled'; readonly createdId: ''; readonly refusal?: undefined };

export type AnswerBody = Exclude<Answer['body'], { case: undefined }>;

export interface PendingQuestion {
  readonly id: string;
  readonly askedAtMs: number;
}

// An exchange that measures the clocks. It counts only if exactly one heartbeat came until the
// next: with two it isn't known which was the answer.
export interface Ask {
  readonly count: number;
  readonly sentAtMs: number;
  readonly heard: number;
  readonly heardAtMs: number;
  readonly serverMs: number;
}

export interface Machine {
  readonly token: string;
  readonly build: string;
  readonly status: Status;
  readonly vigilant: boolean; // a display: notices within 5 s that nothing comes any more (D1)
  readonly attempt: number; // failed ones in a row
  readonly liveSinceMs: number | undefined; // of this connection
  readonly lostAtMs: number | undefined; // when it was last live, while it is not
  readonly lostFor: number; // the code that the server last closed with; 0: it said none
  readonly heardAtMs: number; // the last sign of life on this connection
  // Until then what is shown is known to be the server's; before the first view, since when it is
  // waited for.
  readonly freshAtMs: number;
  readonly helloAtMs: number;
  readonly distrustPosition: boolean; // a resumed view did not fit: ask for a whole one
  readonly bye: Bye | undefined; // what the server said before it closes
  readonly welcome: Welcome | undefined;
  readonly view: ViewState | undefined;
  readonly personal: PersonalView | undefined;
  readonly presence: PresenceView | undefined;
  readonly clock: ClockEstimate;
  readonly ask: Ask; // for the time, on this connection
  readonly pending: readonly PendingCommand[];
  readonly questions: readonly PendingQuestion[];
}

export type Timer = 'retry' | 'opening' | 'silence' | 'probe' | 'ask' | 'commands';

export type Input =
  | { readonly kind: 'start' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'opened' }
  | { readonly kind: 'received'; readonly messages: readonly ServerMessage[] }
  | { readonly kind: 'garbled' } // bytes that are no ServerBatch
  | { readonly kind: 'closed'; readonly code: number }
  | { readonly kind: 'timer'; readonly timer: Timer }
  | { readonly kind: 'online' }
  | { readonly kind: 'network_lost' }
  | { readonly kind: 'woken' } // the page is shown again
  | {
      readonly kind: 'command';
      readonly id: string;
      readonly body: CommandBody;
      readonly keep: boolean;
      readonly earlier?: Earlier | undefined;
    }
  | { readonly kind: 'cancel'; readonly id: string }
  | { readonly kind: 'question'; readonly id: string; readonly body: QuestionBody };

// What the machine cannot make itself.
export interface Surroundings {
  readonly nowMs: number;
  readonly wallMs: number; // by the device's clock: may be wrong, and may be set
  readonly random: number; // [0, 1), new for each input
}

export type Effect =
  | { readonly kind: 'open' } // a new socket; the one before, if any, is forgotten
  | { readonly kind: 'send'; readonly message: ClientMessage }
  | { readonly kind: 'close'; readonly code: number } // nothing more is heard of this socket
  // Replaces the one before
  | { readonly kind: 'arm'; readonly timer: Timer; readonly afterMs: number }
  | { readonly kind: 'disarm'; readonly timer: Timer }
  | { readonly kind: 'settle'; readonly id: string; readonly outcome: Outcome }
  // Undefined: lost
  | { readonly kind: 'answer'; readonly id: string; readonly answer: AnswerBody | undefined };

export interface Step {
  readonly machine: Machine;
  readonly effects: readonly Effect[];
}
