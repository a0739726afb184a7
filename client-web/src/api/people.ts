// A return link: with it somebody comes back as the same person on another device, once (P7).
import { call, text, type Result } from './http';

export function offerReturn(
  sessionId: string,
  bearer: string,
  personId: string,
  revokeDevices: boolean,
): Promise<Result<string>> {
  const person = `people/${encodeURIComponent(personId)}`;
  const path = `/sessions/${encodeURIComponent(sessionId)}/${person}/return`;
  const body = { revoke_devices: revokeDevices };
  return call(
    { method: 'POST', path, body, bearer },
    (answer) => text(answer, 'link') || undefined,
  );
}
