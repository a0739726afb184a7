// What is wrong in an agenda file, in words (S4).
import type { Accepted, AgendaSize, Mistake } from '../../core/agenda-file';
import { m } from '../../i18n';

function acceptedText(accepted: Accepted): string {
  switch (accepted.is) {
    case 'text':
      return m.accepted_text({ most: accepted.most });
    case 'number':
      return m.accepted_number({ most: accepted.most });
    case 'list':
      return m.accepted_list({ most: accepted.most });
    case 'one_of':
      return m.accepted_one_of({ words: accepted.words.join(', ') });
    case 'object':
      return m.accepted_object();
    case 'yes_no':
      return m.accepted_yes_no();
    case 'date':
      return m.accepted_date();
    case 'hour':
      return m.accepted_hour();
    case 'zone':
      return m.accepted_zone();
    case 'id':
      return m.accepted_id();
    case 'language':
      return m.accepted_language();
    case 'different':
      return m.accepted_different();
    default:
      return '';
  }
}

export function mistakeText({ accepted, place }: Mistake): string {
  switch (accepted.is) {
    case 'json':
      return accepted.found === ''
        ? m.mistake_json_end()
        : m.mistake_json({ found: accepted.found, column: place.column });
    case 'key':
      return m.mistake_key({ words: accepted.words.join(', ') });
    case 'room':
      return accepted.words.length === 0
        ? m.mistake_room_none()
        : m.mistake_room({ words: accepted.words.join(', ') });
    default:
      return m.mistake_accepted({ what: acceptedText(accepted) });
  }
}

export const sizeWords = ({ items, rooms, delegations }: AgendaSize) => ({
  items: m.count_items({ count: items }),
  rooms: m.count_rooms({ count: rooms }),
  delegations: m.count_delegations({ count: delegations }),
});

export const sizeText = (size: AgendaSize): string => m.source_read(sizeWords(size));
