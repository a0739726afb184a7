import { getContext, setContext } from 'svelte';

// Makes a return link for a person (P7); it is shown once. Never rejects: what went wrong is said
// in words.
export type OfferReturn = (
  personId: string,
  revokeDevices: boolean,
) => Promise<{ link: string } | { said: string }>;

const key = Symbol('offerReturn');
export const setOfferReturn = (offer: OfferReturn): OfferReturn => setContext(key, offer);
// Undefined where nothing is behind the page, as in the gallery.
export const getOfferReturn = (): OfferReturn | undefined => getContext(key);
