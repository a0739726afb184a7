// Paths of Lucide icons (ISC licence), 24 × 24, stroke 2. One constant each, so that a page carries
// only its own.
export const hand =
  'M18 11V6a2 2 0 0 0-4 0 M14 10V4a2 2 0 0 0-4 0v2 M10 10.5V6a2 2 0 0 0-4 0v8 M18 8a2 2 0 1 ' +
  '1 4 0v6a8 8 0 0 1-8 8h-2c-2.8 0-4.5-.86-5.99-2.34l-3.6-3.6a2 2 0 0 1 2.83-2.82L7 15';
export const check = 'M20 6 9 17l-5-5';
export const chevronDown = 'm6 9 6 6 6-6';
export const arrowUp = 'm5 12 7-7 7 7 M12 19V5';
export const arrowDown = 'M12 5v14 M19 12l-7 7-7-7';
export const play = 'M6 3 20 12 6 21Z';
export const pause = 'M15 4h3v16h-3z M6 4h3v16H6z';
export const square = 'M4 4h16v16H4z';
export const plus = 'M5 12h14 M12 5v14';
export const mic =
  'M12 19v3 M19 10v2a7 7 0 0 1-14 0v-2 M12 2a3 3 0 0 1 3 3v7a3 3 0 0 1-6 0V5a3 3 0 0 1 3-3Z';
export const undo = 'M9 14 4 9l5-5 M4 9h10.5a5.5 5.5 0 0 1 0 11H11';
export const arrowRight = 'M5 12h14 m-7-7 7 7-7 7';
export const megaphone =
  'M11 6a13 13 0 0 0 8.4-2.8A1 1 0 0 1 21 4v12a1 1 0 0 1-1.6.8A13 13 0 0 0 11 14H5a2 2 0 0 ' +
  '1-2-2V8a2 2 0 0 1 2-2Z M6 14a12 12 0 0 0 2.4 7.2 2 2 0 0 0 3.2-2.4A8 8 0 0 1 10 14 M8 ' +
  '6v8';
