// Comes back with a link's token: as the person whose it is (P7), or, with an invitation's, as whom
// this browser is already.
import { enter, type Result } from '../api';
import { browserKey, remember, type Identity } from './identity';

export async function comeBack(token: string, name = ''): Promise<Result<Identity>> {
  const entered = await enter({ token, name, delegation: '', key: browserKey() });
  if (!entered.ok) return entered;
  return { ok: true, value: remember(entered.value.sessionId, entered.value.token) };
}
