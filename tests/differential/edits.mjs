// Random edits of a Y.Doc as people and their editors make them, and some that only machines make.
import * as Y from 'yjs';

const words = [
  'a',
  'bc',
  'the floor',
  'é',
  'ünï',
  '語',
  '😀',
  'x😀y',
  '\uFEFFbom',
  '\n',
  '👩‍👩‍👧',
  '"<&>\\',
];
const loneSurrogates = ['\uD83D', '\uDE00', 'l\uD83Dr'];
const formats = [
  { bold: true },
  { italic: {} },
  { bold: null },
  { link: { href: 'https://x.example' } },
];
const nodes = ['paragraph', 'heading', 'bulletList', 'Item'];
const keys = ['level', 'k', 'ключ', 'checked'];
const values = [
  1,
  -5,
  0.5,
  1e21,
  2 ** 40,
  true,
  false,
  null,
  'text',
  '😀',
  [1, [2, 'x']],
  { a: { b: [] } },
];

const word = (random) => (random.chance(0.03) ? random.pick(loneSurrogates) : random.pick(words));

function typeText(random, text) {
  const at = random.below(text.length + 1);
  const letters = 1 + random.below(6);
  for (let done = 0; done < letters; done += 1)
    text.insert(Math.min(at + done, text.length), 'abcdef'[done]);
}

export function editText(random, text) {
  const what = random.below(10);
  const at = random.below(text.length + 1);
  const length = Math.min(1 + random.below(6), text.length - at);
  if (what < 3) typeText(random, text);
  else if (what < 6) text.insert(at, word(random));
  else if (what < 8) {
    if (length > 0) text.delete(at, length);
  } else if (what < 9) {
    if (length > 0) text.format(at, length, random.pick(formats));
  } else if (random.chance(0.3)) text.insertEmbed(at, { image: random.pick(words) });
  else text.insert(at, word(random), random.pick(formats));
}

function someType(random) {
  return random.pick([() => new Y.Map(), () => new Y.Array(), () => new Y.Text(word(random))])();
}

export function editArray(random, array) {
  const what = random.below(10);
  const at = random.below(array.length + 1);
  const inner = array.length > 0 ? array.get(random.below(array.length)) : null;
  if (what < 4)
    array.insert(
      at,
      Array.from({ length: 1 + random.below(3) }, () => random.pick(values)),
    );
  else if (what < 6) {
    if (at < array.length) array.delete(at, Math.min(1 + random.below(3), array.length - at));
  } else if (what < 7) array.insert(at, [someType(random)]);
  else if (what < 8) array.insert(at, [new Uint8Array([1, 2, random.below(256)])]);
  else editInner(random, inner);
}

function editInner(random, inner) {
  if (inner instanceof Y.Map) editMap(random, inner);
  else if (inner instanceof Y.Array) editArray(random, inner);
  else if (inner instanceof Y.Text) editText(random, inner);
}

export function editMap(random, map) {
  const key = random.pick(keys);
  const what = random.below(10);
  if (what < 5) map.set(key, random.pick(values));
  else if (what < 7) map.delete(key);
  else if (what < 8) map.set(key, someType(random));
  else editInner(random, map.get(key));
}

function newNode(random) {
  const node = new Y.XmlElement(random.pick(nodes));
  if (random.chance(0.5)) node.setAttribute(random.pick(keys), random.pick([1, true, 'x', '😀']));
  if (random.chance(0.7)) node.insert(0, [new Y.XmlText(word(random))]);
  return node;
}

export function editXml(random, fragment) {
  let parent = fragment;
  while (random.chance(0.6) && parent.length > 0 && !(parent instanceof Y.XmlText)) {
    parent = parent.get(random.below(parent.length));
  }
  if (parent instanceof Y.XmlText) {
    const at = random.below(parent.length + 1);
    if (random.chance(0.1)) parent.insertEmbed(at, newNode(random));
    else editText(random, parent);
    return;
  }
  const what = random.below(10);
  const at = random.below(parent.length + 1);
  if (what < 5) parent.insert(at, [newNode(random)]);
  else if (what < 6) parent.insert(at, [new Y.XmlText(word(random))]);
  else if (what < 8) {
    if (at < parent.length) parent.delete(at, Math.min(1 + random.below(2), parent.length - at));
  } else if (parent instanceof Y.XmlElement) {
    const key = random.pick(keys);
    if (random.chance(0.7)) parent.setAttribute(key, random.pick([1, 2, true, 'x', 'é']));
    else parent.removeAttribute(key);
  }
}

export const roots = (doc) => ({
  text: doc.getText('text'),
  array: doc.getArray('array'),
  map: doc.getMap('map'),
  xml: doc.getXmlFragment('xml'),
});

// One transaction of one to four edits, in the parts of the document that `focus` names.
export function edit(random, doc, focus) {
  const parts = roots(doc);
  doc.transact(() => {
    for (let left = 1 + random.below(4); left > 0; left -= 1) {
      const part = random.pick(focus);
      if (part === 'text') editText(random, parts.text);
      else if (part === 'array') editArray(random, parts.array);
      else if (part === 'map') editMap(random, parts.map);
      else editXml(random, parts.xml);
    }
  }, 'edit');
}
