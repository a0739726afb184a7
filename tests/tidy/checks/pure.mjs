// Pure folders have no clock, randomness, thread, socket, file or log: all of it is passed in.
import { codeOf, isGenerated, languageOf, lineOf } from '../source.mjs';

const cpp = [
  [/\b(?:system|steady|high_resolution|utc)_clock\b/g, 'a clock'],
  [/(?<![\w.>])(?:std::)?(?:time|clock|gettimeofday|clock_gettime)\s*\(/g, 'a clock'],
  [/\b(?:localtime|gmtime|mktime)(?:_r)?\s*\(/g, 'a clock'],
  [/\b(?:random_device|mt19937(?:_64)?|default_random_engine)\b/g, 'randomness'],
  [/(?<![\w.>])(?:std::)?(?:s?rand|random|getrandom)\s*\(/g, 'randomness'],
  [/\bstd::(?:j?thread|async|mutex|atomic|condition_variable|this_thread)\b/g, 'threads'],
  [/\bthread_local\b/g, 'threads'],
  [/(?<![\w.>])(?:socket|connect|send|recv)\s*\(/g, 'a socket'],
  [/\b(?:[io]?fstream|fopen|FILE)\b|\bstd::filesystem\b/g, 'a file'],
  [/\bstd::(?:cout|cerr|clog)\b|\bf?printf\s*\(|\bspdlog\b/g, 'a log'],
  [/(?<![\w.>])(?:std::)?getenv\s*\(/g, 'the environment'],
];
const cppHeaders =
  /#[ \t]*include[ \t]*<(?:thread|(?:shared_)?mutex|atomic|future|random|ctime|cstdio)>/g;
const cppStreams =
  /#[ \t]*include[ \t]*<(?:[iof]?fstream|iostream|filesystem|condition_variable)>/g;
const ts = [
  [/\bDate\.now\b|\bnew Date\(\s*\)|(?<![\w.]|new )\bDate\(|\bperformance\b/g, 'a clock'],
  [/\bMath\.random\b|\bcrypto\b/g, 'randomness'],
  [/\bset(?:Timeout|Interval|Immediate)\b/g, 'a timer'],
  [/\brequestAnimationFrame\b|\bqueueMicrotask\b/g, 'a timer'],
  [/\bfetch\s*\(|\bWebSocket\b|\bXMLHttpRequest\b|\bnavigator\b/g, 'the network'],
  [/\b(?:document|window|localStorage|sessionStorage|indexedDB)\s*[.[]/g, 'the page'],
  [/\bconsole\s*\./g, 'a log'],
];

function findIn(text, code, rules, path) {
  const findings = [];
  for (const [pattern, what] of rules) {
    for (const match of code.matchAll(pattern)) {
      findings.push(`${path}:${lineOf(text, match.index)}: ${what} in a pure folder: ${match[0]}`);
    }
  }
  return findings;
}

export const pure = {
  name: 'pure folders are pure',
  check(tree) {
    return tree.paths.flatMap((path) => {
      const language = languageOf(path);
      if (isGenerated(path) || /\.test\.ts$/.test(path)) return [];
      if (/^server\/(core|notes|connection)\//.test(path) && language === 'cpp') {
        const text = tree.read(path);
        const headers = findIn(
          text,
          text,
          [
            [cppHeaders, 'a header that is not'],
            [cppStreams, 'a header that is not'],
          ],
          path,
        );
        return [...headers, ...findIn(text, codeOf(text, 'cpp'), cpp, path)];
      }
      if (/^client-web\/src\/core\//.test(path) && language) {
        const text = tree.read(path);
        return findIn(text, codeOf(text, language), ts, path);
      }
      return [];
    });
  },
  bad: [
    { 'server/core/a.cpp': 'auto now = std::chrono::system_clock::now();\n' },
    { 'server/core/a.cpp': 'auto now = time(nullptr);\n' },
    { 'server/notes/a.cpp': 'int n = rand();\n' },
    { 'server/connection/a.cpp': 'std::thread t;\n' },
    { 'server/connection/a.hpp': '#include <mutex>\n' },
    { 'server/core/a.cpp': 'std::ofstream out;\n' },
    { 'server/core/a.cpp': 'std::cout << 1;\n' },
    { 'client-web/src/core/a.ts': 'const now = Date.now();\n' },
    { 'client-web/src/core/a.ts': 'const now = new Date();\n' },
    { 'client-web/src/core/a.ts': 'const n = Math.random();\n' },
    { 'client-web/src/core/a.ts': 'setTimeout(f, 1);\n' },
    { 'client-web/src/core/a.ts': 'void fetch(url);\n' },
  ],
  good: [
    {
      'server/core/a.cpp': '// rand() is passed in\nauto t = item.time();\nf(speech_time(s));\n',
      'server/host/a.cpp': 'std::thread t;\n',
      'client-web/src/core/a.ts': 'const day = new Date(at_ms); // not Date.now()\n',
    },
  ],
};
