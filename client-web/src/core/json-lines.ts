// JSON that remembers on which line each value stands, so that a mistake in an agenda file can be
// pointed at. Stricter than nothing: what JSON.parse refuses is refused here, with the place.

export interface Place {
  readonly line: number; // from 1
  readonly column: number; // from 1, in UTF-16 units as editors count
}

export type ParsedJson =
  | { readonly ok: true; readonly value: unknown; readonly placeOf: ReadonlyMap<string, Place> }
  | { readonly ok: false; readonly place: Place; readonly found: string }; // "": the end

const deepest = 32;

class Fault extends Error {
  readonly at: number;
  constructor(at: number) {
    super('not JSON');
    this.at = at;
  }
}

class Reader {
  readonly #text: string;
  readonly #starts = new Map<string, number>();
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  // The whole text as one value, and where each part of it begins, by path: "agenda[3].title".
  whole(): { value: unknown; starts: ReadonlyMap<string, number> } {
    const value = this.#value('', 0);
    this.#blank();
    if (this.#at < this.#text.length) throw new Fault(this.#at);
    return { value, starts: this.#starts };
  }

  #blank(): void {
    while (' \t\r\n'.includes(this.#text[this.#at] ?? 'x')) this.#at += 1;
  }

  #next(expected: string): boolean {
    this.#blank();
    if (this.#text[this.#at] !== expected) return false;
    this.#at += 1;
    return true;
  }

  #need(expected: string): void {
    if (!this.#next(expected)) throw new Fault(this.#at);
  }

  #value(path: string, depth: number): unknown {
    this.#blank();
    if (!this.#starts.has(path)) this.#starts.set(path, this.#at);
    if (depth > deepest) throw new Fault(this.#at);
    if (this.#next('{')) return this.#object(path, depth);
    if (this.#next('[')) return this.#array(path, depth);
    return this.#scalar();
  }

  #object(path: string, depth: number): Record<string, unknown> {
    // Without a prototype: a key of the file is never one of the language's own.
    const fields = Object.create(null) as Record<string, unknown>;
    if (this.#next('}')) return fields;
    do {
      this.#blank();
      const start = this.#at;
      if (this.#text[start] !== '"') throw new Fault(start);
      const key = this.#scalar() as string;
      const inside = path === '' ? key : `${path}.${key}`;
      this.#starts.set(inside, start);
      this.#need(':');
      fields[key] = this.#value(inside, depth + 1);
    } while (this.#next(','));
    this.#need('}');
    return fields;
  }

  #array(path: string, depth: number): unknown[] {
    const list: unknown[] = [];
    if (this.#next(']')) return list;
    do list.push(this.#value(`${path}[${list.length}]`, depth + 1));
    while (this.#next(','));
    this.#need(']');
    return list;
  }

  // Texts, numbers and words are cut out here and read by JSON.parse.
  #scalar(): unknown {
    const pattern = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null/y;
    pattern.lastIndex = this.#at;
    const [cut] = pattern.exec(this.#text) ?? [];
    if (cut === undefined) throw new Fault(this.#at);
    try {
      const value: unknown = JSON.parse(cut);
      this.#at += cut.length;
      return value;
    } catch {
      throw new Fault(this.#at);
    }
  }
}

export function parseJson(text: string): ParsedJson {
  const clean = text.replace(/^\ufeff/, '');
  try {
    const { value, starts } = new Reader(clean).whole();
    const places = placesIn(clean);
    return {
      ok: true,
      value,
      placeOf: new Map([...starts].map(([path, at]) => [path, places(at)])),
    };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const found = clean.slice(error.at).match(/^(?:[\p{L}\p{N}_]+|[^])/u)?.[0] ?? '';
    return { ok: false, place: placesIn(clean)(error.at), found: found.slice(0, 20) };
  }
}

function placesIn(text: string): (at: number) => Place {
  const begins = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) begins.push(at + 1);
  return (at) => {
    let low = 0;
    let high = begins.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((begins[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (begins[low] ?? 0) + 1 };
  };
}
