// Why something was refused, in words. Every code has some; a test keeps it so.
import type { Refusal } from '../wire';
import { RefusalCode } from '../wire/refusal-codes';
import { m } from './index';

type Said = Pick<Refusal, 'code' | 'limit'> & Partial<Pick<Refusal, 'field'>>;

// Of a person or of the link that made one, only the last moderator is in use.
const inUse: Readonly<Record<string, () => string>> = {
  person_id: m.refusal_last_moderator,
  delegation_id: m.refusal_delegation_in_use,
  invitation_id: m.return_used,
};

// A number, that a newer server may know and this page not, has the general words.
const words: Record<RefusalCode, (refusal: Said) => string> = {
  [RefusalCode.UNSPECIFIED]: () => m.refusal_unspecified(),
  [RefusalCode.BAD_MESSAGE]: () => m.refusal_bad_message(),
  [RefusalCode.BAD_FIELD]: ({ limit }) =>
    limit > 0 ? m.refusal_bad_field_limit({ limit }) : m.refusal_bad_field(),
  [RefusalCode.EXPIRED]: () => m.refusal_expired(),
  [RefusalCode.RATE_LIMITED]: () => m.refusal_rate_limited(),
  [RefusalCode.UNAVAILABLE]: () => m.refusal_unavailable(),
  [RefusalCode.LIMIT_REACHED]: ({ limit }) =>
    limit > 0 ? m.refusal_limit_reached_number({ limit }) : m.refusal_limit_reached(),
  [RefusalCode.FORBIDDEN]: () => m.refusal_forbidden(),
  [RefusalCode.NOT_ADMITTED]: () => m.refusal_not_admitted(),
  [RefusalCode.MUTED]: () => m.refusal_muted(),
  [RefusalCode.INVITED_ONLY]: () => m.refusal_invited_only(),
  [RefusalCode.REMOVED]: () => m.refusal_removed(),
  [RefusalCode.UNCONFIRMED]: () => m.refusal_unconfirmed(),
  [RefusalCode.UNKNOWN_TOKEN]: () => m.refusal_unknown_token(),
  [RefusalCode.UNKNOWN_CODE]: () => m.refusal_unknown_code(),
  [RefusalCode.NOT_FOUND]: () => m.refusal_not_found(),
  [RefusalCode.STALE]: () => m.refusal_stale(),
  [RefusalCode.NOT_LIVE]: () => m.refusal_not_live(),
  [RefusalCode.PAUSED]: () => m.refusal_paused(),
  [RefusalCode.CLOSED]: () => m.refusal_closed(),
  [RefusalCode.CONFIRMATION_NEEDED]: () => m.refusal_confirmation_needed(),
  [RefusalCode.ALREADY]: () => m.refusal_already(),
  [RefusalCode.HAS_RUN]: () => m.refusal_has_run(),
  [RefusalCode.TOO_LATE]: () => m.refusal_too_late(),
  [RefusalCode.IN_USE]: ({ field = '' }) => (inUse[field] ?? m.refusal_in_use)(),
  [RefusalCode.QUEUE_CLOSED]: () => m.refusal_queue_closed(),
  [RefusalCode.NO_TOPIC]: () => m.refusal_no_topic(),
  [RefusalCode.KIND_NOT_OFFERED]: () => m.refusal_kind_not_offered(),
  [RefusalCode.HELD]: () => m.refusal_held(),
  [RefusalCode.NO_INSCRIPTION]: () => m.refusal_no_inscription(),
  [RefusalCode.NO_LIMIT]: () => m.refusal_no_limit(),
};

export function refusalText(refusal: Said): string {
  const says = words[refusal.code] as (typeof words)[RefusalCode] | undefined;
  return (says ?? words[RefusalCode.UNSPECIFIED])(refusal);
}
