// Every bound of the headers of limits stands in PROTOCOL.md with its number, nothing stands there
// that no header has, and no bound stands outside those headers: a limit that changes changes the
// page that clients are written by.
const page = 'proto/plenary/v1/PROTOCOL.md';
// The notes' library is not served yet: its bounds are nobody's to know.
const isHeader = (path) =>
  /^server\/(?:[^/]+\/)+limits\.hpp$/.test(path) && !path.startsWith('server/notes/');

// constexpr std::int64_t kA = 5 * 60'000; or kB{500}; → [name, number].
function constantsOf(text) {
  const found = text.matchAll(/^inline constexpr [\w: ]+? (k\w+)(?:\s*=\s*([^;]+)|\{([^}]+)\});/gm);
  return [...found].map(([, name, assigned, braced]) => {
    const plain = (assigned ?? braced)
      .replace(/std::\w+\{(\w+)\}/g, '$1')
      .replace(/(\d)'(?=\d)/g, '$1')
      .replace(/\b(\d+)(?:[uU]?[lL]{1,2}|[uU])\b/g, '$1');
    return [name, /^[\d\s.*+()<-]+$/.test(plain) ? Function(`return ${plain}`)() : NaN];
  });
}

const steps = (number, units) => {
  const [size, unit] = units.find(([size]) => number >= size && number % size === 0);
  return `${(number / size).toLocaleString('en')} ${unit}`;
};
const times = [
  [2 * 86_400_000, 'days', 86_400_000],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
  [1, 'ms'],
];

// As the page is to say it; what the number counts follows from the constant's name.
export function written(name, number) {
  if (/Bytes/.test(name)) {
    return steps(number, [
      [1 << 20, 'MiB'],
      [1 << 10, 'KiB'],
      [1, 'bytes'],
    ]);
  }
  if (/Us$/.test(name)) return written('Ms', number / 1_000);
  if (/Ms$|Quiet/.test(name)) {
    if (number >= times[0][0] && number % times[0][2] === 0) return `${number / times[0][2]} days`;
    return steps(number, times.slice(1));
  }
  if (/Days$/.test(name)) return `${number.toLocaleString('en')} days`;
  if (/PerSecond$/.test(name)) return `${number.toLocaleString('en')} a second`;
  return number.toLocaleString('en');
}

// Under a heading that names the header, rows "| `kName` | number | what happens |".
function rowsOf(text) {
  const sections = text.split(/^### /m).slice(1);
  return new Map(
    sections.map((section) => [
      /^.*`(server\/[^`]+)`/.exec(section)?.[1],
      new Map(
        [...section.matchAll(/^\| `(k\w+)` \| ([^|]+) \| [^|]+ \|$/gm)].map((row) =>
          row.slice(1, 3),
        ),
      ),
    ]),
  );
}

export const limits = {
  name: 'every limit stands in PROTOCOL.md with its number',
  check(tree) {
    const headers = tree.paths.filter(isHeader);
    if (headers.length === 0) return [];
    if (!tree.paths.includes(page)) return [`${page} is missing`];
    const rows = rowsOf(tree.read(page));
    const findings = [];
    for (const header of headers) {
      const told = rows.get(header) ?? new Map();
      const constants = constantsOf(tree.read(header));
      for (const [name, number] of constants) {
        const expected = Number.isNaN(number) ? 'a number that can be read' : written(name, number);
        const given = told.get(name);
        if (given === expected) continue;
        findings.push(`${header}: ${name} is ${expected}, ${page} says ${given ?? 'nothing'}`);
      }
      for (const name of told.keys()) {
        if (constants.some(([one]) => one === name)) continue;
        findings.push(`${page}: ${header} has no ${name}`);
      }
    }
    for (const path of tree.paths) {
      if (!/^server\/(?!notes\/).*\.(cpp|hpp)$/.test(path) || isHeader(path)) continue;
      for (const [, name] of tree
        .read(path)
        .matchAll(/^(?:inline )?constexpr [^=\n]+ (kMax\w+)\b/gm)) {
        findings.push(`${path}: ${name} belongs in a header of limits`);
      }
    }
    for (const header of rows.keys()) {
      if (header && !headers.includes(header)) findings.push(`${page}: there is no ${header}`);
    }
    return findings;
  },
  bad: [
    { 'server/core/limits.hpp': 'inline constexpr int kMaxA = 5;\n', [page]: '# p\n' },
    {
      'server/core/limits.hpp': 'inline constexpr int kMaxA = 5;\n',
      [page]: '### `server/core/limits.hpp`\n| `kMaxA` | 6 | refused |\n',
    },
    {
      'server/core/limits.hpp': 'inline constexpr std::int64_t kA =\n    odd();\n',
      [page]: '### `server/core/limits.hpp`\n| `kA` | 6 | refused |\n',
    },
    {
      'server/core/limits.hpp': '',
      [page]: '### `server/core/limits.hpp`\n| `kGone` | 6 | refused |\n',
    },
    {
      'server/core/limits.hpp': '',
      [page]: '### `server/gone/limits.hpp`\n',
    },
    {
      'server/core/limits.hpp': '',
      'server/core/a.cpp': 'constexpr std::size_t kMaxRows = 50;\n',
      [page]: '# p\n',
    },
  ],
  good: [
    {
      'server/a/b/limits.hpp':
        "inline constexpr std::int64_t kMs =\n    30LL * 24 * 3600'000;  // then\n" +
        'inline constexpr std::size_t kBytes = std::size_t{2} << 20;\n' +
        "inline constexpr double kPerSecond = 0.5;\ninline constexpr int kMany = 1'000;\n" +
        "inline constexpr std::int64_t kWaitMs = 5 * 60'000;\n" +
        'inline constexpr std::chrono::milliseconds kQuiet{500};\n',
      [page]:
        '### `server/a/b/limits.hpp`\n| limit | is | then |\n|---|---|---|\n' +
        '| `kMs` | 30 days | refused |\n| `kBytes` | 2 MiB | refused |\n' +
        '| `kPerSecond` | 0.5 a second | refused |\n| `kMany` | 1,000 | refused |\n' +
        '| `kWaitMs` | 5 min | refused |\n| `kQuiet` | 500 ms | waits |\n',
    },
  ],
};
