// The first message of a connection, in the encoding of protocol buffers, written by hand: the
// early script carries no codec. A test compares it with what the codec writes.

export function helloBytes(token: string, build: string): Uint8Array<ArrayBuffer> {
  const utf8 = new TextEncoder();
  const field = (number: number, bytes: readonly number[]) => [
    number * 8 + 2,
    ...varint(bytes.length),
    ...bytes,
  ];
  const text = (number: number, value: string) =>
    value === '' ? [] : field(number, [...utf8.encode(value)]);
  return Uint8Array.from(field(2, [...text(1, token), ...text(2, build)]));
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}
