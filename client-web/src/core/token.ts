// What a token says about itself, unchecked: enough to choose a page and to fill a form, never a
// right.

export interface Claims {
  readonly sessionId: string;
  readonly personId: string; // "" for a link
  readonly returns: boolean; // a return link, for a person who is known already (P7)
  readonly role: string; // of an invitation: participant, note_taker, moderator, display
  readonly roomId: string;
  readonly name: string;
  readonly delegation: string;
}

const most = 8 * 1024;

export function claimsOf(token: string): Claims | undefined {
  const parts = token.split('.');
  const body = parts[1];
  if (token.length > most || parts.length !== 3 || body === undefined) return undefined;
  if (!parts.every((part) => /^[A-Za-z0-9_-]+$/.test(part))) return undefined;
  let said: Record<string, unknown>;
  try {
    const binary = atob(body.replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    said = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as typeof said;
  } catch {
    return undefined;
  }
  if (typeof said !== 'object' || said === null) return undefined;
  const text = (...names: readonly string[]) =>
    names.map((name) => said[name]).find((value) => typeof value === 'string' && value !== '');
  const claims = {
    sessionId: (text('sid', 'session') as string | undefined) ?? '',
    personId: (text('pid') as string | undefined) ?? '',
    returns: text('ret') !== undefined,
    role: (text('role') as string | undefined) ?? '',
    roomId: (text('room') as string | undefined) ?? '',
    name: (text('name') as string | undefined) ?? '',
    delegation: (text('dlg', 'delegation') as string | undefined) ?? '',
  };
  return claims.sessionId === '' ? undefined : claims;
}
