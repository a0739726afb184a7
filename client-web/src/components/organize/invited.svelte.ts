// The session's invitations as a page shows them: the list, asked for again after each change, and
// the links that were made here, which nobody can be told again (P2).
import { untrack } from 'svelte';
import { refusalText } from '../../i18n/refusals';
import type { InvitationList } from '../../wire';
import type { Around } from '../around';
import { Pace } from '../pace';
import type { Invitation, Invite } from '../moderate/invite';
import { linkIn } from './card';

export interface MadeHere {
  readonly id: string;
  readonly label: string;
  readonly link: string;
}

export class Invited {
  // Undefined until they were seen: then nobody is told that there are none.
  rows: InvitationList['invitations'] | undefined = $state.raw();
  said = $state('');
  #made: readonly MadeHere[] = $state.raw([]);
  readonly #around: Around;
  readonly #invite: Invite;

  // Where a component is made; looks whenever the page is live again, and when somebody has come
  // in, who may have used one.
  constructor(around: Around, invite: Invite, people: () => number) {
    this.#around = around;
    this.#invite = invite;
    const pace = new Pace();
    const count = $derived(people());
    $effect(() => {
      void count;
      if (!around.live) return;
      return pace.next(() => untrack(() => void this.look()));
    });
  }

  get revoked(): ReadonlySet<string> {
    const revoked = this.rows?.filter((row) => row.revoked);
    return new Set(revoked?.map((row) => row.invitationId));
  }
  get made(): readonly MadeHere[] {
    const revoked = this.revoked;
    return this.#made.filter(({ id }) => !revoked.has(id));
  }

  readonly look = async (): Promise<void> => {
    const answer = await this.#around.ask({ case: 'listInvitations', value: {} });
    if (answer?.case === 'invitations') this.rows = answer.value.invitations;
    this.said = answer?.case === 'refusal' ? refusalText(answer.value) : '';
  };

  // "" or why not.
  readonly make = async (invitation: Invitation, label: string, language: string) => {
    const made = await this.#invite(invitation);
    if ('said' in made) return made.said;
    this.#made = [{ id: made.id, label, link: linkIn(made.link, language) }, ...this.#made];
    void this.look();
    return '';
  };
}
