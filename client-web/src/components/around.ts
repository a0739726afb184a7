// What every component of a session's page can ask its page for: the time, the names behind ids, and whether
// commands reach the server now. The page makes it from the store; the gallery from a fixture.
import { createContext } from 'svelte';
import type { CommandBody, PlaceExplanation, Refusal } from '../wire';

export interface Outcome {
  readonly refusal?: Refusal | undefined;
  readonly createdId: string;
}

export interface Around {
  readonly live: boolean; // commands reach the server now
  readonly now_ms: number; // server time; ticks
  readonly zone: string; // of the session
  delegationName(id: string, text: string): string;
  roomName(id: string): string;
  itemTitle(id: string): string;
  send(body: CommandBody): Promise<Outcome>;
  explain(request_id: string): Promise<PlaceExplanation | Refusal>;
}

export const [getAround, setAround] = createContext<Around>();
