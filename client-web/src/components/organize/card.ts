// A printed card: an invitation for a delegation. Its link is known to this tab alone; the server
// keeps no tokens.
export interface Card {
  readonly invitationId: string;
  readonly delegationId: string;
  readonly link: string;
}

const nameOf = (sessionId: string) => `plenary.cards.${sessionId}`;

const isCard = (value: unknown): value is Card =>
  typeof value === 'object' &&
  value !== null &&
  ['invitationId', 'delegationId', 'link'].every(
    (key) => typeof (value as Record<string, unknown>)[key] === 'string',
  );

export function keptCards(sessionId: string): readonly Card[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(nameOf(sessionId)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isCard) : [];
  } catch {
    return []; // storage is switched off: they hold until the page is left
  }
}

export function keepCards(sessionId: string, cards: readonly Card[]): void {
  try {
    sessionStorage.setItem(nameOf(sessionId), JSON.stringify(cards));
  } catch {
    // as above
  }
}

// The same link, opening in a language.
export const linkIn = (link: string, language: string): string =>
  language === '' ? link : link.replace('#', `?lang=${encodeURIComponent(language)}#`);
