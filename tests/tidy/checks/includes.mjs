// The #include lines of server/ against the table of server/ARCHITECTURE.md.
import { lineOf } from '../source.mjs';

const values = ['std', 'proto'];
// What each folder may include beside itself; `limits` is core/limits.hpp, the header of bounds.
const table = {
  core: [...values, 'notes', 'connection'],
  notes: [...values, 'core', 'connection'],
  connection: [...values, 'core', 'notes'],
  ports: [...values, 'core', 'awaitable'],
  fanout: [...values, 'core', 'notes', 'ports', 'asio', 'container'],
  host: [...values, 'core', 'notes', 'ports', 'fanout', 'asio'],
  // The gateway also reads the value types that its neighbours' headers speak in.
  gateway: [
    ...[...values, 'posix', 'core', 'ports', 'connection', 'host', 'fanout', 'observe', 'asio'],
    ...['beast', 'boost', 'zlib'],
  ],
  observe: [...values, 'posix', 'limits', 'spdlog', 'prometheus'],
  config: [...values, 'posix', 'limits', 'cli'],
  boost_impl: ['asio', 'beast'],
};
const adapter = [...values, 'posix', 'ports', 'limits', 'asio'];
const adapters = {
  memory: [],
  sqlite: ['sqlite'],
  jwt: ['jwt', 'openssl'],
  system: ['openssl'],
  redis: ['hiredis', 'openssl'],
};

const libraries = [
  [/^boost\/asio\/awaitable\.hpp$/, 'awaitable'],
  [/^boost\/asio(\/|\.hpp$)/, 'asio'],
  [/^boost\/beast(\/|\.hpp$)/, 'beast'],
  [/^boost\/container\//, 'container'],
  [/^boost\//, 'boost'],
  [/^(plenary\/v1|google\/protobuf)\//, 'proto'],
  [/^sqlite3\.h$/, 'sqlite'],
  [/^jwt\.h$/, 'jwt'],
  [/^openssl\//, 'openssl'],
  [/^hiredis\//, 'hiredis'],
  [/^zlib\.h$/, 'zlib'],
  [/^spdlog\//, 'spdlog'],
  [/^prometheus\//, 'prometheus'],
  [/^CLI\//, 'cli'],
  [/^core\/limits\.hpp$/, 'limits'],
  [/^(sys|netinet|arpa|linux)\/|^(time|unistd|fcntl|signal|poll|netdb|pthread|sched)\.h$/, 'posix'],
  [/^c?[a-z0-9_]+$/, 'std'],
];

function kindOf(header) {
  for (const [pattern, kind] of libraries) if (pattern.test(header)) return kind;
  return header.includes('/') ? header.split('/')[0] : header;
}

function allowedIn(path) {
  const [, folder, second] = path.split('/');
  if (folder !== 'adapters') return [folder, table[folder]];
  return ['adapters', [...adapter, ...(adapters[second] ?? [])]];
}

function mayInclude(own, allowed, header, path) {
  const kind = kindOf(header);
  if (own === 'adapters' && kind === 'adapters') {
    return header.split('/')[1] === path.split('/')[2];
  }
  if (kind === own || allowed.includes(kind)) return true;
  if (kind === 'limits') return own === 'core' || allowed.includes('core');
  return kind === 'awaitable' && allowed.includes('asio');
}

export const includes = {
  name: 'includes follow the table of ARCHITECTURE.md',
  check(tree) {
    const findings = [];
    for (const path of tree.paths) {
      if (!/^server\/[^/]+\/.*\.(cpp|hpp)$/.test(path)) continue;
      if (path.startsWith('server/app/')) continue; // with main.cpp the composition root: all
      const [own, allowed] = allowedIn(path);
      if (!allowed) {
        findings.push(`${path}: folder server/${own} is not in the table`);
        continue;
      }
      const text = tree.read(path);
      for (const match of text.matchAll(/^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]/gm)) {
        if (mayInclude(own, allowed, match[1], path)) continue;
        findings.push(
          `${path}:${lineOf(text, match.index)}: server/${own} may not include ${match[1]}`,
        );
      }
    }
    return findings;
  },
  bad: [
    { 'server/core/a.cpp': '#include "host/session_host.hpp"\n' },
    { 'server/core/a.cpp': '#include <boost/asio.hpp>\n' },
    { 'server/ports/a.hpp': '#include <boost/asio/steady_timer.hpp>\n' },
    { 'server/fanout/a.hpp': '#include "host/directory.hpp"\n' },
    { 'server/adapters/jwt/a.cpp': '#include <sqlite3.h>\n' },
    { 'server/adapters/jwt/a.cpp': '#include "adapters/memory/log.hpp"\n' },
    { 'server/gateway/a.cpp': '#include "adapters/memory/log.hpp"\n' },
    { 'server/helpers/a.cpp': '#include <vector>\n' },
  ],
  good: [
    {
      'server/core/a.cpp': '#include <vector>\n#include "core/b.hpp"\n',
      'server/core/b.cpp': '#include "core/limits.hpp"\n#include "plenary/v1/w.pb.h"\n',
      'server/adapters/sqlite/a.cpp': '#include <sqlite3.h>\n#include "adapters/sqlite/b.hpp"\n',
      'server/main.cpp': '#include "adapters/sqlite/b.hpp"\n',
    },
  ],
};
