import { m } from '../i18n';
import type { SpeechView } from '../wire';
import type { Around } from './context';

// Whom everybody knows as the one who speaks: by name or, where the room hides names, by
// delegation, in the reader's language.
export const speakerName = (
  around: Pick<Around, 'delegationName'>,
  { name, delegationId, delegationName }: SpeechView,
): string => name || around.delegationName(delegationId, delegationName) || m.name_hidden();
