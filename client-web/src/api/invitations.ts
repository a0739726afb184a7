// Invitations are signed by the server's edge, so they are made over HTTP: by a moderator's token
// or the organizer's key.
import { call, text, type Result } from './http';

export interface InvitationRequest {
  readonly role: 'participant' | 'note_taker' | 'moderator' | 'display';
  readonly room?: string;
  readonly name?: string;
  readonly delegation?: string;
  readonly personal?: boolean;
  readonly label?: string;
}

export interface MadeInvitation {
  readonly id: string;
  readonly link: string; // with the signed token, which the server does not keep
}

export function createInvitation(
  sessionId: string,
  bearer: string,
  invitation: InvitationRequest,
): Promise<Result<MadeInvitation>> {
  const path = `/sessions/${encodeURIComponent(sessionId)}/invitations`;
  return call({ method: 'POST', path, body: invitation, bearer }, (answer) => {
    const made = { id: text(answer, 'invitation'), link: text(answer, 'link') };
    return made.link === '' ? undefined : made;
  });
}
