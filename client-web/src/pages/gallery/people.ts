// The list of people and the invitations, as the server answers staff who ask.
import { make } from '../../testing/make';
import { Role, type InvitationList, type PeoplePage, type PersonRow } from '../../wire';
import { delegationCount, nameLists } from './sample';
import { minuteMs, pick, startMs, type Scene } from './scene';

const roles = [{ role: Role.MODERATOR, roomId: '', invitationId: '' }];

export function personAt(scene: Scene, index: number): PersonRow {
  const names = nameLists[scene.names === 'hidden' ? 'usual' : (scene.names ?? 'usual')];
  const round = Math.floor(index / names.length);
  return make.personRow({
    personId: `p${index}`,
    name: pick(names, index) + (round > 0 ? ` ${round + 1}` : ''),
    delegationId: `d${(index * 7 + 3) % delegationCount}`,
    delegationConfirmed: index !== 2,
    admitted: index !== 5,
    muted: index === 6,
    withoutDevice: index === 7,
    roomId: index % 5 === 3 ? 'crisis' : 'plenary',
    grants: index === 9 ? roles : [],
    online: index % 4 !== 1,
    awaySinceMs: index % 4 === 1 ? startMs - 7 * minuteMs : 0,
  });
}

export function peoplePage(people: readonly PersonRow[], after: string, limit: number): PeoplePage {
  const from = people.findIndex(({ personId }) => personId === after) + 1;
  const page = people.slice(from, from + (limit || 50));
  const nextAfter = from + page.length < people.length ? (page.at(-1)?.personId ?? '') : '';
  return { people: page, total: people.length, nextAfter };
}

const invitation = { expiresAtMs: 0, roomId: '', name: '', delegationId: '', usedByPersonId: '' };
export const invitations: InvitationList = {
  invitations: [
    { ...invitation, role: Role.MODERATOR, label: 'Chair' },
    { ...invitation, role: Role.DISPLAY, roomId: 'plenary', label: 'Projector' },
    { ...invitation, role: Role.PARTICIPANT, name: 'Nino Beridze', delegationId: 'd9' },
    { ...invitation, role: Role.NOTE_TAKER, roomId: 'crisis', label: 'Old laptop' },
  ].map((row, index) => ({
    ...make.invitationRow(row),
    invitationId: `v${index}`,
    personal: index === 2,
    usedByPersonId: index === 2 ? 'p1' : '',
    revoked: index === 3,
  })),
};
