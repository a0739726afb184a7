// What a session calls whom this browser is there, for whoever comes in by it again (P1).
import type { PersonalView } from '../wire';
import type { Identity } from './identity';
import { store, stored } from './storage';

const keyOf = (sessionId: string) => `plenary.name.${sessionId}`;

let noted: PersonalView | undefined;

export function rememberName(
  { sessionId, display }: Identity,
  person: PersonalView | undefined,
): void {
  if (display || person === undefined || person === noted) return;
  noted = person;
  if (person.name !== '') store(keyOf(sessionId), person.name);
}

// "": nobody, or somebody of whom nothing was seen yet.
export const nameOf = (sessionId: string): string => stored(keyOf(sessionId)) ?? '';
