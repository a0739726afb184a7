import type { MadeInvitation } from '../../api/invitations';
import type { Role } from '../../wire';

export interface Invitation {
  readonly role: Role;
  readonly roomId: string;
  readonly name: string;
  readonly delegationId: string;
  readonly personal: boolean;
  readonly label: string;
}

// Makes an invitation; its link is shown once. Never rejects: what went wrong is said in words.
export type Invite = (invitation: Invitation) => Promise<MadeInvitation | { said: string }>;
