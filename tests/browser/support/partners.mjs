// The sample meeting in both languages of its session (S9): what the stories call by name has a
// French form, and every page calls it by the form of its reader.
import { partnersMeeting } from './server.mjs';

const french = {
  Plenary: 'Plénière',
  'Human security': 'Sécurité humaine',
  Welcome: 'Accueil',
  'Opening remarks': 'Allocutions d’ouverture',
  Workshops: 'Ateliers',
  Lunch: 'Déjeuner',
  'Statements of support': 'Déclarations de soutien',
  'Closing remarks': 'Mot de clôture',
  Albania: 'Albanie',
  Armenia: 'Arménie',
  Georgia: 'Géorgie',
  Jordan: 'Jordanie',
  'Republic of Korea': 'République de Corée',
  Serbia: 'Serbie',
};

// As somebody's page shows it; what has no French form stands in the first language everywhere.
export const asReadOn = (page, name) =>
  page.say.language === 'fr' ? (french[name] ?? name) : name;

export function partnersInBoth(changes = {}) {
  const meeting = { ...partnersMeeting(), ...changes };
  const forms = (name) => (french[name] ? { fr: french[name] } : {});
  return {
    ...meeting,
    rooms: meeting.rooms.map((room) => ({ ...room, names: forms(room.name) })),
    agenda: meeting.agenda.map((item) => ({ ...item, titles: forms(item.title) })),
    delegations: meeting.delegations.map((name) => ({ name, names: forms(name) })),
  };
}
