// Join codes: eight digits, shown and said in two groups of four; spaces are accepted anywhere
// (P1).

// Undefined: not eight digits. Digits of other scripts count as what they are; of a whole link that
// was pasted, the code in it counts.
export function parseCode(typed: string): string | undefined {
  const linked = /\/j\/([0-9]{8})(?![0-9])/.exec(typed)?.[1];
  if (linked !== undefined) return linked;
  const digits = typed
    .normalize('NFKC')
    .replace(/[\s\u2010-\u2015.-]+/gu, '')
    .replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
  return /^[0-9]{8}$/.test(digits) ? digits : undefined;
}

// Every script's ten digits follow each other, the first at a code point whose predecessor is no
// digit.
function digitValue(digit: string): number {
  const point = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(point - value - 1))) value += 1;
  return value;
}

export function formatCode(code: string): string {
  return /^[0-9]{8}$/.test(code) ? `${code.slice(0, 4)} ${code.slice(4)}` : code;
}
