// What every component of a session's page can ask its page for: the time, the names behind ids,
// and whether commands reach the server now. The page makes it from the store; the gallery from a
// fixture.
import { createContext } from 'svelte';
import type { AnswerBody, Outcome } from '../connection/types';
import type { CommandBody, QuestionBody } from '../wire';

export type { AnswerBody, Outcome };

export interface Around {
  readonly live: boolean; // commands reach the server now
  readonly running: boolean; // the session: the floor can be given, an item started (S1)
  readonly nowMs: number; // server time; ticks
  readonly zone: string; // of the session
  readonly languages: readonly string[]; // of the session, the first first
  delegationName(id: string, text: string): string;
  roomName(id: string): string;
  itemTitle(id: string): string;
  inscribed(itemId: string): number; // how many wait for the item ahead (Q17)
  send(body: CommandBody): Promise<Outcome>;
  ask(body: QuestionBody): Promise<AnswerBody | undefined>; // undefined: the connection went
}

export const [getAround, setAround] = createContext<Around>();
