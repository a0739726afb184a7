// Enough of a reader of C++ and TypeScript for the checks: what is code, what is comment or string,
// and where functions begin and end. It relies on formatted sources and is no parser.

const languages = { cpp: 'cpp', hpp: 'cpp', ts: 'ts', mjs: 'ts', js: 'ts', svelte: 'svelte' };

export const languageOf = (path) => languages[path.slice(path.lastIndexOf('.') + 1)];
export const isGenerated = (path) => /(^|\/)generated\//.test(path) || /\.pb\.(h|cc)$/.test(path);
export const lineOf = (text, index) => text.slice(0, index).split('\n').length;

const blank = (text) => text.replace(/[^\n]/g, ' ');

// Comments, strings and (in Svelte) markup become spaces; every line stays where it was.
// keepStrings leaves strings as they are.
export function codeOf(text, language, { keepStrings = false } = {}) {
  if (language === 'svelte') {
    let script = '';
    let end = 0;
    for (const match of text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)) {
      const start = match.index + match[0].indexOf('>') + 1;
      script += blank(text.slice(end, start)) + codeOf(match[1], 'ts', { keepStrings });
      end = start + match[1].length;
    }
    return script + blank(text.slice(end));
  }
  const comment = String.raw`\/\/[^\n]*|\/\*[\s\S]*?\*\/`;
  const quoted = String.raw`"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])*'`;
  const regex = String.raw`\/(?![*/\s])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*`;
  const own = {
    cpp: String.raw`R"([^()\s\\]{0,16})\([\s\S]*?\)\1"|^[ \t]*#[ \t]*include[^\n]*`,
    ts: String.raw`\`(?:\\.|[^\`\\])*\`|(?<=[=(,:!&|?{;\n]\s*)${regex}`,
  }[language];
  return text.replace(new RegExp(`${comment}|${own}|${quoted}`, 'gm'), (found) => {
    const isComment = found.startsWith('//') || found.startsWith('/*');
    if (isComment) return blank(found);
    return keepStrings ? found : blank(found);
  });
}

const control = /^(?:if|else|for|while|switch|catch|do|try|case|default|return|co_return)\b/;
const modifiers =
  /^(?:(?:private|public|protected|static|async|get|set|override|readonly|export|default)\s+)+/;
const container = /\b(?:namespace|class|struct|enum|union|extern|interface)\b[^()=]*$/;

// What stands before a brace opens a function if it looks like a signature.
function functionName(head, language) {
  if (!head || control.test(head) || container.test(head)) return null;
  if (language === 'cpp') {
    const match = /([~\w:]+|operator\s*\S+?)\s*\(/.exec(head);
    const isLambda = /\[[^\]]*\]\s*(?:\([^]*\)|)[^()]*$/.test(head) && /=|\(\s*\[/.test(head);
    return match && !isLambda && !/=\s*$/.test(head) ? match[1] : null;
  }
  const match =
    /\bfunction\s*\*?\s*(\w*)/.exec(head) ??
    (/=>\s*$/.test(head) ? /(?:const|let)\s+(\w+)/.exec(head) : null) ??
    /^(#?\w+)\s*(?:<[^]*>)?\(/.exec(head.replace(modifiers, ''));
  return match && !/^(?:describe|it|test)\b/.test(head) ? match[1] || 'function' : null;
}

// Outermost functions, each {name, line, lines}.
export function functionsOf(text, language) {
  const code = codeOf(text, language);
  const found = [];
  const open = [];
  let inside = 0;
  let headStart = 0;
  let parens = 0;
  const dialect = language === 'svelte' ? 'ts' : language;
  for (let at = 0; at < code.length; at += 1) {
    const letter = code[at];
    if (letter === '(') parens += 1;
    else if (letter === ')') parens -= 1;
    else if (letter === '{') {
      // member_{1} and f(T t = {}) initialise: what follows still belongs to the same head.
      const within = parens > 0 || (language === 'cpp' && /[\w>]/.test(code[at - 1] ?? ' '));
      const raw = code.slice(headStart, at);
      const start = headStart + (raw.length - raw.trimStart().length);
      const name = inside || within ? null : functionName(raw.trim(), dialect);
      open.push({ name, start, parens, resume: within ? headStart : null });
      if (name) inside += 1;
      parens = 0;
      headStart = at + 1;
    } else if (letter === '}') {
      const last = open.pop();
      if (last?.name) {
        inside -= 1;
        const line = lineOf(code, last.start);
        found.push({ name: last.name, line, lines: lineOf(code, at) - line + 1 });
      }
      parens = last?.parens ?? 0;
      headStart = last?.resume ?? at + 1;
    } else if (letter === ';' && parens === 0) {
      headStart = at + 1;
    }
  }
  return found;
}
