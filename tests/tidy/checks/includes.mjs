// The #include lines of server/ against the table of folders in server/ARCHITECTURE.md. What the
// table does not name is forbidden, and what it names and nobody includes is a finding too, so that
// the page says how things are.
import { lineOf } from '../source.mjs';

const page = 'server/ARCHITECTURE.md';

// What the table may name beside folders and single headers.
const words = {
  nothing: [],
  'generated protobuf': ['proto'],
  '`asio::awaitable`': ['awaitable'],
  Asio: ['asio'],
  Beast: ['beast'],
  'Boost.Container': ['container'],
  'Boost.JSON': ['json'],
  'Boost.URL': ['url'],
  SQLite: ['sqlite'],
  libjwt: ['jwt'],
  OpenSSL: ['openssl'],
  hiredis: ['hiredis'],
  spdlog: ['spdlog'],
  'prometheus-cpp': ['prometheus'],
  CLI11: ['cli'],
  POSIX: ['posix'],
};

const libraries = [
  [/^boost\/asio\/awaitable\.hpp$/, 'awaitable'],
  [/^boost\/asio(\/|\.hpp$)/, 'asio'],
  [/^boost\/beast(\/|\.hpp$)/, 'beast'],
  [/^boost\/container\//, 'container'],
  [/^boost\/json(\/|\.hpp$)/, 'json'],
  [/^boost\/url(\/|\.hpp$)/, 'url'],
  [/^boost\//, 'boost'],
  [/^(plenary\/v1|google\/protobuf)\//, 'proto'],
  [/^sqlite3\.h$/, 'sqlite'],
  [/^jwt\.h$/, 'jwt'],
  [/^openssl\//, 'openssl'],
  [/^hiredis\//, 'hiredis'],
  [/^spdlog\//, 'spdlog'],
  [/^prometheus\//, 'prometheus'],
  [/^CLI\//, 'cli'],
  [/^(sys|netinet|arpa|linux)\/|^(time|unistd|fcntl|signal|poll|netdb|pthread|sched)\.h$/, 'posix'],
  [/^c?[a-z0-9_]+$/, 'std'],
];

// A header of ours is of its folder, an adapter's of adapters/x.
function kindOf(header) {
  for (const [pattern, kind] of libraries) if (pattern.test(header)) return kind;
  const parts = header.split('/');
  return parts.slice(0, parts[0] === 'adapters' ? 2 : 1).join('/');
}

// Rows "| `core/` | what it is | what it may include |": Map of folder to Map of kind to the word.
function tableOf(text, findings) {
  const rows = [...text.matchAll(/^\| `([a-z_/]+)\/` \|[^|]*\| ([^|]*) \|$/gm)];
  const folders = new Set(rows.map(([, folder]) => folder));
  const read = (folder, word) => {
    const own = word.replace(/^`(.*)`$/, '$1');
    if (words[word]) return words[word];
    if (folders.has(own) || /^`[a-z_]+\/[a-z_]+\.hpp`$/.test(word)) return [own];
    findings.push(`${page}: ${folder}/: the check does not know "${word}"`);
    return [];
  };
  return new Map(
    rows.map(([, folder, list]) => [
      folder,
      list === 'all'
        ? null
        : new Map(
            list.split(', ').flatMap((word) => read(folder, word).map((kind) => [kind, word])),
          ),
    ]),
  );
}

// Of nested rows (adapters, adapters/sqlite) all that a path lies in.
function rowsFor(table, path) {
  const folder = path.split('/').slice(1, -1).join('/');
  return [...table].filter(([row]) => `${folder}/`.startsWith(`${row}/`));
}

function mayInclude(rows, header, used) {
  const kind = kindOf(header);
  if (kind === 'std' || rows.some(([row]) => row === kind)) return true;
  const kinds = [header, kind, ...(kind === 'awaitable' ? ['asio'] : [])];
  for (const [row, allowed] of rows) {
    const found = kinds.find((one) => allowed.has(one));
    if (!found) continue;
    used.add(`${row} ${found}`);
    return true;
  }
  return false;
}

const example = {
  [page]: `
| \`core/\` | rules | generated protobuf |
| \`ports/\` | what is outside | \`asio::awaitable\` |
| \`host/\` | the order of effects | \`core/limits.hpp\`, ports, Asio |
| \`adapters/\` | ports on libraries | ports |
| \`adapters/jwt/\` | tokens | libjwt |
| \`adapters/sqlite/\` | the log | SQLite |
| \`app/\` | the composition root | all |
`,
  'server/core/b.cpp': '#include "core/limits.hpp"\n#include "plenary/v1/w.pb.h"\n',
  'server/ports/b.hpp': '#include <boost/asio/awaitable.hpp>\n',
  'server/host/b.hpp': '#include <boost/asio.hpp>\n#include "core/limits.hpp"\n',
  'server/host/b.cpp': '#include "host/b.hpp"\n#include "ports/b.hpp"\n',
  'server/adapters/jwt/b.cpp': '#include <jwt.h>\n',
  'server/adapters/sqlite/b.cpp': '#include <sqlite3.h>\n#include "ports/b.hpp"\n',
};

export const includes = {
  name: 'includes follow the table of ARCHITECTURE.md',
  check(tree) {
    if (!tree.paths.includes(page)) return [`${page} is missing`];
    const findings = [];
    const table = tableOf(tree.read(page), findings);
    const used = new Set();
    for (const path of tree.paths) {
      if (!/^server\/[^/]+\/.*\.(cpp|hpp)$/.test(path)) continue;
      const rows = rowsFor(table, path);
      if (rows.length === 0) {
        findings.push(`${path}: its folder is not in the table`);
        continue;
      }
      if (rows.some(([, allowed]) => allowed === null)) continue;
      const text = tree.read(path);
      for (const match of text.matchAll(/^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]/gm)) {
        if (mayInclude(rows, match[1], used)) continue;
        findings.push(`${path}:${lineOf(text, match.index)}: may not include ${match[1]}`);
      }
    }
    for (const [row, allowed] of table) {
      for (const [kind, word] of allowed ?? []) {
        if (!used.has(`${row} ${kind}`)) findings.push(`${page}: ${row}/ includes no ${word}`);
      }
    }
    return findings;
  },
  bad: [
    { 'server/core/a.cpp': '#include "host/session_host.hpp"\n' },
    { 'server/core/a.cpp': '#include <boost/asio.hpp>\n' },
    { 'server/ports/a.hpp': '#include <boost/asio/steady_timer.hpp>\n' },
    { 'server/host/a.hpp': '#include "core/b.hpp"\n' },
    { 'server/adapters/jwt/a.cpp': '#include <sqlite3.h>\n' },
    { 'server/adapters/jwt/a.cpp': '#include "adapters/sqlite/log.hpp"\n' },
    { 'server/helpers/a.cpp': '#include <vector>\n' },
  ]
    .map((files) => ({ ...example, ...files }))
    .concat([
      { [page]: '| `core/` | rules | Asio |\n' },
      { [page]: '| `core/` | rules | magic |\n', 'server/core/a.cpp': '#include "magic/a.hpp"\n' },
      { 'server/core/a.cpp': '' },
    ]),
  good: [
    example,
    {
      ...example,
      'server/core/a.cpp': '#include <vector>\n#include "core/b.hpp"\n',
      'server/main.cpp': '#include "adapters/sqlite/b.hpp"\n',
      'server/app/a.cpp': '#include "adapters/sqlite/b.hpp"\n',
    },
  ],
};
