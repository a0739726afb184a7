// More of Lucide's paths (ISC licence), of the moderator's page alone; see ../icons.ts.
export const grip = 'M9 5h.01 M9 12h.01 M9 19h.01 M15 5h.01 M15 12h.01 M15 19h.01';
export const skipForward = 'M5 4 15 12 5 20Z M19 5v14';
export const keyboard =
  'M4 5h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Z M7 15h10 M6 9h.01 ' +
  'M10 9h.01 M14 9h.01 M18 9h.01';
export const users =
  'M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2 M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z M22 21v-2a4 4 0 ' +
  '0 0-3-3.87 M16 3.13a4 4 0 0 1 0 7.75';
