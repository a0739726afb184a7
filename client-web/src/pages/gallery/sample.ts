// The people and nations of the sample meeting, and names that pages have to bear (A5).
import type { PlainInit, Text } from '../../wire';

const nations: readonly (readonly [string, string])[] = [
  ['Albania', 'Albanie'],
  ['Armenia', 'Arménie'],
  ['Australia', 'Australie'],
  ['Austria', 'Autriche'],
  ['Azerbaijan', 'Azerbaïdjan'],
  ['Bosnia and Herzegovina', 'Bosnie-Herzégovine'],
  ['Colombia', 'Colombie'],
  ['Egypt', 'Égypte'],
  ['Finland', 'Finlande'],
  ['Georgia', 'Géorgie'],
  ['Iraq', 'Irak'],
  ['Ireland', 'Irlande'],
  ['Israel', 'Israël'],
  ['Japan', 'Japon'],
  ['Jordan', 'Jordanie'],
  ['Kazakhstan', 'Kazakhstan'],
  ['Kuwait', 'Koweït'],
  ['Malta', 'Malte'],
  ['Mauritania', 'Mauritanie'],
  ['Moldova', 'Moldavie'],
  ['Mongolia', 'Mongolie'],
  ['Morocco', 'Maroc'],
  ['New Zealand', 'Nouvelle-Zélande'],
  ['Pakistan', 'Pakistan'],
  ['Qatar', 'Qatar'],
  ['Republic of Korea', 'République de Corée'],
  ['Serbia', 'Serbie'],
  ['Sweden', 'Suède'],
  ['Switzerland', 'Suisse'],
  ['Tunisia', 'Tunisie'],
  ['Ukraine', 'Ukraine'],
  ['United Arab Emirates', 'Émirats arabes unis'],
  ['Uzbekistan', 'Ouzbékistan'],
];

export const text = (en: string, fr = ''): PlainInit<Text> => ({
  text: en,
  translations: fr ? [{ language: 'fr', text: fr }] : [],
});

export const delegationCount = nations.length;
export const delegations = nations.map(([en, fr], position) => ({
  id: `d${position}`,
  name: text(en, fr),
  names: { en, fr },
  position,
}));

const usual = [
  'Ana Kovač',
  'Nino Beridze',
  'Hanako Yamada',
  'Layla al-Masri',
  'Jean-Baptiste Rochat',
  'Min-jun Kim',
  'Oksana Petrenko',
  'Armen Sargsyan',
  'Siobhán Ní Dhomhnaill',
  'Elira Hoxha',
] as const;

const long = [
  'Ana Kovač',
  'Ambassador Maximiliana-Theodora von Hohenstein-Sigmaringen 3', // 60 characters
  'Hanako Yamada',
  'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis', // and 60 without a space
] as const;

const scripts = [
  'فاطمة الزهراء بنت محمد',
  'נועה בן־דוד (שגרירה)',
  'ნინო ბერიძე',
  'Արմեն Սարգսյան',
  '山田 花子',
  '김민준',
  'علی‌رضا حسینی',
  'Оксана Петренко',
] as const;

export const nameLists = { usual, long, scripts, hidden: usual };

// 200 characters, the longest that the server takes.
export const longTitle =
  'Keynote: partnerships in the new Strategic Concept, their history since the founding ' +
  'conference, the lessons of the last reviews, and what each of the delegations present may ' +
  'contribute in years ahead';
export const longDelegation = 'The Federated States of the Northern Archipelago and Dependencies';
