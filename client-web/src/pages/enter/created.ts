export type LinkRole = 'moderator' | 'note_taker' | 'display';

// What the organizer gets of a new session. A link that could not be made is missing.
export interface Created {
  readonly title: string;
  readonly sessionId: string;
  readonly joinCode: string;
  readonly links: Readonly<Partial<Record<LinkRole, string>>>;
}
