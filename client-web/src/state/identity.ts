// Who this browser is: a random key of its own, from which persons follow (P1), and a person's
// token per session, both in localStorage. A token that comes in a link's fragment is taken out of
// the address bar at once, so that nobody copies it from there; it is never part of a request's
// path or query.
import { toBase64Url } from '../core/bytes';
import { claimsOf } from '../core/token';
import { forget, store, stored } from './storage';

export interface Identity {
  readonly sessionId: string;
  readonly token: string; // of a person, or a display's invitation
  readonly display: boolean;
}

const keyName = 'plenary.key';
const tokenName = (sessionId: string) => `plenary.token.${sessionId}`;
const nameName = (sessionId: string) => `plenary.name.${sessionId}`; // state/known-name.ts
const removedName = (sessionId: string) => `plenary.removed.${sessionId}`;
const displayName = (sessionId: string) => `plenary.display.${sessionId}`;

export function browserKey(): string {
  const known = stored(keyName);
  if (known !== undefined && /^[A-Za-z0-9_-]{22}$/.test(known)) return known;
  const key = freshKey();
  rememberKey(key);
  return key;
}

// Of somebody else who uses this browser from now on: theirs once they have come in with it.
export const freshKey = (): string => toBase64Url(crypto.getRandomValues(new Uint8Array(16)));
export const rememberKey = (key: string): void => store(keyName, key);

// The token that a link brought, or brought before this page was reloaded; "" if none did. It is
// kept where neither the address bar nor another page shows it: in the state of this entry of the
// history.
export function takeTokenFromAddress(): string {
  const token = location.hash.replace(/^#/, '').replace(/^(token|t)=/, '');
  if (claimsOf(token) === undefined) {
    const { token: kept } = (history.state ?? {}) as { token?: unknown };
    return typeof kept === 'string' ? kept : '';
  }
  history.replaceState({ token }, '', location.pathname + location.search);
  return token;
}

// An invitation that has to be exchanged for a person: comeIn({ token, ... }).
export interface Invitation {
  readonly sessionId: string;
  readonly token: string;
  readonly returns: boolean; // leads back to a person (P7)
  readonly role: string;
  readonly name: string; // "": whoever comes says it
  readonly delegation: string;
}

// What is to be done with a link's token.
export type Link =
  | { readonly kind: 'identity'; readonly identity: Identity } // usable as it is
  | ({ readonly kind: 'invitation' } & Invitation);

export function readLink(token: string): Link | undefined {
  const claims = claimsOf(token);
  if (claims === undefined) return undefined;
  const { sessionId, role, name, delegation } = claims;
  if (claims.personId !== '') return { kind: 'identity', identity: remember(sessionId, token) };
  if (role === 'display') {
    store(displayName(sessionId), token);
    return { kind: 'identity', identity: { sessionId, token, display: true } };
  }
  return { kind: 'invitation', sessionId, token, returns: claims.returns, role, name, delegation };
}

export function remember(sessionId: string, token: string): Identity {
  if (stored(tokenName(sessionId)) !== token) forget(nameName(sessionId));
  store(tokenName(sessionId), token);
  return { sessionId, token, display: false };
}

export function displayIdentityOf(sessionId: string): Identity | undefined {
  const token = stored(displayName(sessionId));
  return token === undefined ? identityOf(sessionId) : { sessionId, token, display: true };
}

export function identityOf(sessionId: string): Identity | undefined {
  const token = stored(tokenName(sessionId));
  return token === undefined ? undefined : { sessionId, token, display: false };
}

// The server does not know the token any more: the next visit asks for a name again.
export function forgetIdentity(sessionId: string): void {
  forget(tokenName(sessionId));
  forget(displayName(sessionId));
  forget(nameName(sessionId));
}

// The server refuses this person for good (P4): whoever comes in by this browser again is told so,
// and not led back to be refused once more.
export function rememberRemoval(sessionId: string): void {
  const identity = identityOf(sessionId);
  if (identity) store(removedName(sessionId), identity.token);
}
export const wasRemoved = ({ sessionId, token }: Identity): boolean =>
  stored(removedName(sessionId)) === token;
