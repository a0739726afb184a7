// The words of product.md for hands and speeches, in the reader's language.
import type { ClockPhase, SpeechClock } from '../core/clock';
import { takesWhenClosed } from '../core/kinds';
import { pickText } from '../core/names';
import { m } from '../i18n';
import { RequestKind, type OfferedKind } from '../wire';

export const kindWord = (kind: RequestKind): string =>
  ({
    [RequestKind.UNSPECIFIED]: m.kind_hand,
    [RequestKind.HAND]: m.kind_hand,
    [RequestKind.POINT_OF_ORDER]: m.kind_point_of_order,
    [RequestKind.CLARIFYING_QUESTION]: m.kind_clarifying_question,
    [RequestKind.REPLY]: m.kind_reply,
    [RequestKind.NEW_TOPIC]: m.kind_new_topic,
    [RequestKind.INTERVENTION]: m.kind_intervention,
    [RequestKind.RIGHT_OF_REPLY]: m.kind_right_of_reply,
  })[kind]();

export const kindHelp = (kind: RequestKind): string =>
  ({
    [RequestKind.UNSPECIFIED]: m.kind_hand_help,
    [RequestKind.HAND]: m.kind_hand_help,
    [RequestKind.POINT_OF_ORDER]: m.kind_point_of_order_help,
    [RequestKind.CLARIFYING_QUESTION]: m.kind_clarifying_question_help,
    [RequestKind.REPLY]: m.kind_reply_help,
    [RequestKind.NEW_TOPIC]: m.kind_new_topic_help,
    [RequestKind.INTERVENTION]: m.kind_intervention_help,
    [RequestKind.RIGHT_OF_REPLY]: m.kind_right_of_reply_help,
  })[kind]();

// What a closed queue still takes, as the room offers it (Q6).
export const queueClosedText = (kinds: readonly OfferedKind[]): string =>
  takesWhenClosed(kinds) ? m.queue_closed() : m.queue_closed_wholly();

// A name in the reader's language, or its first form (S9).
export const textIn = pickText;

// Why a clock stands; "" while it runs.
export const standingWord = (phase: ClockPhase): string => {
  switch (phase) {
    case 'waiting':
      return m.clock_awaiting();
    case 'paused':
      return m.clock_paused();
    case 'suspended':
      return m.clock_suspended();
    case 'running':
    case 'ended':
      return '';
  }
};

// What the figures of a clock count.
export const countsWord = ({ limitMs, mood }: SpeechClock): string =>
  limitMs === 0 ? m.clock_elapsed() : mood === 'over' ? m.clock_over() : m.clock_left();
