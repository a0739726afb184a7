// Makes return links with the reader's token: the server asks whether a moderator's it is (P7).
// Loaded when one is asked for.
import { offerReturn } from '../../api/people';
import { failureText } from '../../components/failure';
import type { OfferReturn } from '../../components/moderate/returning';
import type { Identity } from '../../state/identity';

export const returnLinksBy =
  ({ sessionId, token }: Identity): OfferReturn =>
  async (personId, revokeDevices) => {
    const made = await offerReturn(sessionId, token, personId, revokeDevices);
    return made.ok ? { link: made.value } : { said: failureText(made.failure) };
  };
