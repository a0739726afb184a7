// The encoding of protocol buffers that plenary.v1 uses: varints, lengths, and fields to pass over.
// 64-bit numbers are read as numbers, exact up to 2^53, negative ones too. Reading past the end, a
// varint without end, and text that is not UTF-8 throw.

export const varint = 0;
export const fixed64 = 1;
export const delimited = 2;
export const fixed32 = 5;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const toUtf8 = new TextEncoder();
const two32 = 2 ** 32;

export class Reader {
  pos = 0;
  end: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.end = bytes.length;
  }

  // The low 32 bits of a varint, unsigned; `high` has the rest.
  high = 0;
  low(): number {
    let low = 0;
    this.high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.pos >= this.end) throw new RangeError('ends within a number');
      const byte = this.#bytes[this.pos++] ?? 0;
      const bits = byte & 127;
      if (shift < 32) low |= bits << shift;
      if (shift === 28) this.high = bits >>> 4;
      else if (shift > 28) this.high |= bits << (shift - 32);
      if (byte < 128) return low >>> 0;
    }
    throw new RangeError('a number without end');
  }

  int32(): number {
    return this.low() | 0;
  }
  bool(): boolean {
    return this.low() !== 0 || this.high !== 0;
  }
  uint64(): number {
    const low = this.low();
    return (this.high >>> 0) * two32 + low;
  }
  int64(): number {
    const low = this.low();
    return (this.high | 0) * two32 + low;
  }

  // The place just behind what is this long from here.
  #behind(length: number): number {
    const end = this.pos + length;
    if (end > this.end) throw new RangeError('ends too early');
    return end;
  }

  bytes(): Uint8Array {
    const end = this.#behind(this.low());
    const bytes = this.#bytes.slice(this.pos, end);
    this.pos = end;
    return bytes;
  }
  text(): string {
    const end = this.#behind(this.low());
    const text = utf8.decode(this.#bytes.subarray(this.pos, end));
    this.pos = end;
    return text;
  }

  // Reads what is delimited here with `read`, which stops at `end`.
  within<T>(read: () => T): T {
    const outer = this.end;
    this.end = this.#behind(this.low());
    const value = read();
    if (this.pos !== this.end) throw new RangeError('does not end where it should');
    this.end = outer;
    return value;
  }

  skip(wireType: number): void {
    if (wireType === varint) this.low();
    else if (wireType === fixed64) this.pos = this.#behind(8);
    else if (wireType === delimited) this.pos = this.#behind(this.low());
    else if (wireType === fixed32) this.pos = this.#behind(4);
    else throw new RangeError(`wire type ${wireType}`); // groups are of proto2
  }
}

export class Writer {
  readonly #bytes: number[] = [];

  tag(number: number, wireType: number): this {
    return this.#varint(number * 8 + wireType, 0);
  }
  // Any whole number; negative ones as two's complement of 64 bits.
  number(value: number): this {
    return this.#varint(value >>> 0, Math.floor(value / two32));
  }
  delimited(bytes: ArrayLike<number>): this {
    this.#varint(bytes.length, 0);
    for (let i = 0; i < bytes.length; ++i) this.#bytes.push(bytes[i] ?? 0);
    return this;
  }
  text(text: string): this {
    return this.delimited(toUtf8.encode(text));
  }
  finish(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.#bytes);
  }

  #varint(low: number, high: number): this {
    low >>>= 0;
    high >>>= 0;
    while (high > 0 || low > 127) {
      this.#bytes.push((low & 127) | 128);
      low = ((low >>> 7) | (high << 25)) >>> 0;
      high >>>= 7;
    }
    this.#bytes.push(low);
    return this;
  }
}
