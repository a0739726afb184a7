// Comes back with a return link's token as the person whose it is (P7).
import { enter, type Result } from '../api';
import { browserKey, remember, type Identity } from './identity';

export async function comeBack(token: string): Promise<Result<Identity>> {
  const entered = await enter({ token, name: '', delegation: '', key: browserKey() });
  if (!entered.ok) return entered;
  return { ok: true, value: remember(entered.value.sessionId, entered.value.token) };
}
