// Our Markdown, read by two readers that take HTML as HTML: what they show is the document's text
// in its styles and blocks, and nothing else, whatever the text is.
import assert from 'node:assert/strict';
import * as commonmark from 'commonmark';
import markdownIt from 'markdown-it';
import * as Y from 'yjs';
import { fromHex, hex } from './driver.mjs';
import { Random } from './random.mjs';

const nasty = [
  ...'#*+-=_~`|!<>&\\[](){}:;.,"\'$%/?abcxyzé要はАß😀€「」·',
  ...['\n', '\r', '\r\n', '\t', ' ', '  ', '    ', '\u00a0', '\u3000', '\u2003', '\ufeff'],
  ...['\u0000', '\u000b', '\u000c', '\u001c', '\u0085', '\u2028', '\u2029', '\ufffe', '\u0301'],
  ...['# ', '## x ##', '* ', '- ', '+ ', '1. ', '12) ', '> ', '---', '***', '===', '\t# x', '\\ '],
  ...['```', '``', '~~~', '~~', '**', '__', '*a*', '_b_', ' **', '** ', '![', '](', '](http://x)'],
  ...['<script>alert(1)</script>', '\r\r<script>x</script>', '<!--', '-->', '<br>', '</td>'],
  ...[
    '<http://a.b>',
    '&amp;',
    '&#35;',
    '&copy',
    '[x]: /y',
    '[ ] ',
    '[x] ',
    ':--',
    '|-|-|',
    '| a |',
  ],
  ...['word', 'two words', 'end.', '(so)', 'a!', '!b', '{#id}', 'www.a.b', 'http://a.b/?c=1&lt;'],
];
const addresses = [
  'https://plenary.example/?a=1&copy;=2',
  'https://plenary.example/a|b\\|c<d>`e`*f*_g_(h))[i]"j"',
  'http://x/&#35;&amp;\\',
  'mailto:ana@plenary.example',
];

const text = (random, most) =>
  Array.from({ length: 1 + random.below(most) }, () => random.pick(nasty)).join('');

// Styles that hold for a stretch; a null ends one that held before it.
function styles(random) {
  const one = (share) => (random.chance(share) ? {} : null);
  const link = random.chance(0.2) ? { href: random.pick(addresses) } : null;
  return {
    ...{ bold: one(0.35), italic: one(0.35), strike: one(0.2), underline: one(0.1) },
    ...{ code: one(0.15), link },
  };
}

class Builder {
  constructor(random) {
    this.random = random;
    this.expected = [];
  }

  element(parent, name, attributes = {}) {
    const element = new Y.XmlElement(name);
    parent.insert(parent.length, [element]);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }

  expect(shown, place, styled = '') {
    for (const letter of letters(shown)) this.expected.push(`${letter} ${place} ${styled}`);
  }

  words(parent, place, plain = false) {
    const { random } = this;
    for (let left = 1 + random.below(2); left > 0; left -= 1) {
      const words = new Y.XmlText();
      parent.insert(parent.length, [words]);
      for (let runs = 1 + random.below(4); runs > 0; runs -= 1) {
        const run = text(random, 4);
        const marks = styles(random);
        words.insert(words.length, run, plain ? {} : marks);
        const shown = plain || place.endsWith('pre') ? '' : shownStyles(marks);
        this.expect(run, place, shown);
        if (plain || !random.chance(0.05)) continue;
        words.insertEmbed(words.length, { embed: run }, marks);
        this.expect(JSON.stringify({ embed: run }), place, 'code');
      }
      if (left > 1) this.element(parent, 'hardBreak');
    }
  }

  // A block that holds text, or blocks, or a table.
  block(parent, place, depth) {
    const { random } = this;
    const kind = random.below(depth > 3 ? 4 : 11);
    if (kind === 0) return this.words(this.element(parent, 'paragraph'), `${place}p`);
    if (kind === 1) {
      const level = 1 + random.below(6);
      return this.words(this.element(parent, 'heading', { level }), `${place}h${level}`);
    }
    if (kind === 2) return this.words(this.element(parent, 'codeBlock'), `${place}pre`, true);
    if (kind === 3) return this.element(parent, 'horizontalRule');
    if (kind === 4) return this.blocks(this.element(parent, 'blockquote'), `${place}q>`, depth + 1);
    if (kind === 5) return this.table(parent, place);
    if (kind === 6) return this.ours(parent, place, depth);
    if (kind === 7) return this.blocks(this.element(parent, 'unknown'), place, depth + 1);
    return this.list(parent, place, depth, random.pick(['bullet', 'ordered', 'task']));
  }

  list(parent, place, depth, kind) {
    const { random } = this;
    const list = this.element(parent, `${kind}List`, { start: random.pick([1, 1, 1, 0, 7, 12]) });
    const inside = `${place}${kind === 'ordered' ? 'ol' : 'ul'}>`;
    for (let left = 1 + random.below(3); left > 0; left -= 1) {
      const item = this.element(list, kind === 'task' ? 'taskItem' : 'listItem');
      if (kind === 'task') this.task(item, `${inside}p`);
      if (random.chance(0.1)) this.words(item, `${inside}p`);
      if (random.chance(0.7)) this.words(this.element(item, 'paragraph'), `${inside}p`);
      if (random.chance(0.4)) this.blocks(item, inside, depth + 1);
    }
  }

  task(item, place) {
    const checked = this.random.chance(0.5);
    item.setAttribute('checked', checked);
    this.expect(checked ? '[x]' : '[]', place);
    if (this.random.chance(0.6)) return;
    const name = text(this.random, 3);
    item.setAttribute('assignee', name);
    this.expect(`(${name})`, place);
  }

  // A decision, which says what it is, or a turn, which says whose it is.
  ours(parent, place, depth) {
    if (this.random.chance(0.5)) {
      this.expect('Decision', `${place}q>p`, 'bold');
      return this.blocks(this.element(parent, 'decision'), `${place}q>`, depth + 1);
    }
    const [speaker, item] = [text(this.random, 3), text(this.random, 3)];
    this.expect(speaker, `${place}p`, 'bold');
    this.expect(` · ${item}`, `${place}p`);
    return this.blocks(this.element(parent, 'turn', { speaker, item }), place, depth + 1);
  }

  blocks(parent, place, depth) {
    for (let left = 1 + this.random.below(3); left > 0; left -= 1) this.block(parent, place, depth);
  }

  table(parent, place) {
    const { random } = this;
    const table = this.element(parent, 'table');
    for (let rows = 1 + random.below(3); rows > 0; rows -= 1) {
      const row = this.element(table, 'tableRow');
      for (let cells = 1 + random.below(3); cells > 0; cells -= 1) {
        const cell = this.element(row, random.pick(['tableCell', 'tableHeader']));
        for (let left = random.below(3); left > 0; left -= 1) {
          this.words(this.element(cell, 'paragraph'), `${place}cell`);
        }
      }
    }
  }
}

// What a reader is to see of a text: its letters, without blanks.
const letters = (run) =>
  [...run]
    .map((letter) => (letter === '\ufffe' ? '\ufffd' : letter))
    .filter((letter) => !blank(letter));
// eslint-disable-next-line no-control-regex
const blank = (letter) => /[\s\u0000-\u0020\u007f-\u00a0\u180e\u200b\ufeff]/u.test(letter);

function shownStyles(marks) {
  const names = ['bold', 'italic', 'strike', 'code'].filter((name) => marks[name]);
  if (marks.link) names.push(`link ${marks.link.href}`);
  return names.join();
}

// The same from markdown-it's tokens.
const reader = markdownIt({ html: true });
reader.normalizeLink = (address) => address;
reader.normalizeLinkText = (text) => text;
const blocksOf = { blockquote: 'q', ordered_list: 'ol', bullet_list: 'ul' };

function inlineShown(tokens, place, shown) {
  const open = new Map();
  const put = (text, ...more) => {
    const names = ['strong', 'em', 's'].filter((name) => open.has(name));
    const ours = { strong: 'bold', em: 'italic', s: 'strike' };
    const styled = [...names.map((name) => ours[name]), ...more];
    if (open.has('link')) styled.push(`link ${open.get('link')}`);
    for (const letter of letters(text)) shown.push(`${letter} ${place} ${styled.join()}`);
  };
  for (const token of tokens) {
    const name = token.type.replace(/_(open|close)$/, '');
    if (token.type === 'text' || token.type === 'text_special') put(token.content);
    else if (token.type === 'code_inline') put(token.content, 'code');
    else if (token.nesting === 1) open.set(name, token.attrGet('href'));
    else if (token.nesting === -1) open.delete(name);
    else if (token.type === 'html_inline' && place.endsWith('cell') && token.content === '<br>')
      continue;
    else
      assert.ok(['softbreak', 'hardbreak'].includes(token.type), `${token.type} ${token.content}`);
  }
}

function shownByMarkdownIt(markdown) {
  const shown = [];
  const open = [];
  let leaf = '';
  for (const token of reader.parse(markdown, {})) {
    const block = blocksOf[token.type.replace(/_(open|close)$/, '')];
    const place = open.map((name) => `${name}>`).join('');
    if (block && token.nesting === 1) open.push(block);
    else if (block && token.nesting === -1) open.pop();
    else if (token.type === 'inline') inlineShown(token.children, place + leaf, shown);
    else if (token.type === 'fence') {
      for (const letter of letters(token.content)) shown.push(`${letter} ${place}pre `);
    } else if (token.nesting === 1) {
      leaf = { paragraph_open: 'p', th_open: 'cell', td_open: 'cell' }[token.type] ?? token.tag;
    } else assert.ok(token.nesting === -1 || token.type === 'hr', `${token.type} ${token.content}`);
  }
  return shown;
}

// commonmark.js has neither tables nor strikethrough: of it, that nothing is HTML or an image, and
// the text.
function textByCommonmark(markdown) {
  const walker = new commonmark.Parser().parse(markdown).walker();
  let text = '';
  for (let event = walker.next(); event; event = walker.next()) {
    const { type, literal } = event.node;
    assert.ok(type !== 'html_block' && type !== 'image', `${type} ${literal}`);
    assert.ok(type !== 'html_inline' || literal === '<br>', `${type} ${literal}`);
    if (['text', 'code', 'code_block'].includes(type) && event.entering) text += literal;
  }
  return letters(text).join('');
}

export async function runMarkdown(seed, driver) {
  const random = new Random(seed);
  const doc = new Y.Doc();
  doc.clientID = 5;
  const builder = new Builder(random);
  const hasTables = doc.transact(() => {
    builder.blocks(doc.getXmlFragment('xml'), '', 0);
    return doc.getXmlFragment('xml').toString().includes('<table');
  });
  await driver.ask('new', 'markdown', 0);
  assert.match(await driver.ask('offer', 'markdown', hex(Y.encodeStateAsUpdate(doc))), /^ok/);
  const markdown = fromHex(await driver.ask('markdown', 'markdown', 'xml'));
  const context = () => `\n${JSON.stringify(markdown)}`;
  try {
    assert.deepEqual(shownByMarkdownIt(markdown), builder.expected);
    const text = textByCommonmark(markdown);
    if (hasTables || markdown.includes('~~')) return;
    assert.equal(text, builder.expected.map((line) => line.split(' ')[0]).join(''));
  } catch (error) {
    error.message = `${error.message.slice(0, 1_200)}${context()}`;
    throw error;
  }
}
