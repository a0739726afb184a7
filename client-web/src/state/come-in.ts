// Coming in with a code or a link (P1), and what the reader called themselves last.
import { enter, type EnterRequest, type Result } from '../api';
import { remember, rememberKey, type Identity } from './identity';
import { store, stored } from './storage';

const namesName = 'plenary.me';

// Keeps who that made of us.
export async function comeIn(request: EnterRequest): Promise<Result<Identity>> {
  const entered = await enter(request);
  if (!entered.ok) return entered;
  rememberKey(request.key);
  store(namesName, JSON.stringify({ name: request.name, delegation: request.delegation }));
  return { ok: true, value: remember(entered.value.sessionId, entered.value.token) };
}

// To fill the form with.
export function lastNames(): { readonly name: string; readonly delegation: string } {
  try {
    const { name, delegation } = JSON.parse(stored(namesName) ?? '{}') as Record<string, unknown>;
    return {
      name: typeof name === 'string' ? name : '',
      delegation: typeof delegation === 'string' ? delegation : '',
    };
  } catch {
    return { name: '', delegation: '' };
  }
}
