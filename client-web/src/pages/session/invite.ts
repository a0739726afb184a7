// Invitations that a moderator's page makes, by the reader's own token.
import { createInvitation, type InvitationRequest } from '../../api/invitations';
import { actFailureText } from '../../components/failure';
import type { Invitation, Invite } from '../../components/moderate/invite';
import type { Identity } from '../../state/identity';
import { Role } from '../../wire';

const roleNames: Partial<Record<Role, InvitationRequest['role']>> = {
  [Role.PARTICIPANT]: 'participant',
  [Role.NOTE_TAKER]: 'note_taker',
  [Role.MODERATOR]: 'moderator',
  [Role.DISPLAY]: 'display',
};

export const inviteAs =
  ({ sessionId, token }: Identity): Invite =>
  async (invitation: Invitation) => {
    const made = await createInvitation(sessionId, token, {
      role: roleNames[invitation.role] ?? 'participant',
      room: invitation.roomId,
      name: invitation.name,
      delegation: invitation.delegationId,
      personal: invitation.personal,
      label: invitation.label,
    });
    return made.ok ? made.value : { said: actFailureText(made.failure) };
  };
