// Bytes to plain data and back, by the tables that scripts/protoc-gen-tables.mjs makes of the
// vocabulary. int64 travels as 64 bits; every one of ours is an instant in milliseconds, a length
// of time or a sequence, far below 2^53, so it is a number here. What a newer server sends and this
// page does not know is passed over. Throws on bytes that are none of that message.
import { Reader, Writer, delimited, varint } from './bytes';
import { tables } from './generated/tables';

export type MessageName = keyof typeof tables;
type Fields = Record<string, unknown>;

interface Field {
  readonly number: number;
  readonly name: string;
  readonly type: string; // a letter, or a message's name
  readonly repeated: boolean;
  readonly oneof: string | undefined;
}

interface Table {
  readonly byNumber: ReadonlyMap<number, Field>;
  readonly fields: readonly Field[];
}

const parsed = new Map<string, Table>();

function tableOf(name: string): Table {
  let table = parsed.get(name);
  if (table === undefined) {
    const lines = (tables as Record<string, string>)[name]?.split(';') ?? [];
    const fields = lines.filter((line) => line !== '').map(fieldOf);
    table = { fields, byNumber: new Map(fields.map((field) => [field.number, field])) };
    parsed.set(name, table);
  }
  return table;
}

function fieldOf(line: string): Field {
  const [number, name = '', type = '', oneof] = line.split(' ');
  const repeated = type.startsWith('*');
  return { number: Number(number), name, type: repeated ? type.slice(1) : type, repeated, oneof };
}

const isMessage = (type: string) => type.length > 1;
const isBytes = (type: string) => type === 's' || type === 'y' || isMessage(type);

function defaultOf(type: string): unknown {
  switch (type) {
    case 's':
      return '';
    case 'y':
      return new Uint8Array();
    case 'b':
      return false;
    default:
      return 0;
  }
}

function empty(table: Table): Fields {
  const message: Fields = {};
  for (const { name, type, repeated, oneof } of table.fields) {
    if (oneof !== undefined) message[oneof] = { case: undefined };
    else if (repeated) message[name] = [];
    else if (!isMessage(type)) message[name] = defaultOf(type);
  }
  return message;
}

export function decode(name: MessageName, bytes: Uint8Array): unknown {
  return read(name, new Reader(bytes));
}

function read(name: string, reader: Reader): Fields {
  const table = tableOf(name);
  const message = empty(table);
  while (reader.pos < reader.end) {
    const tag = reader.low();
    const field = table.byNumber.get(tag >>> 3);
    if (field === undefined) reader.skip(tag & 7);
    else readField(message, field, tag & 7, reader);
  }
  return message;
}

function readField(message: Fields, field: Field, wireType: number, reader: Reader): void {
  const { name, type, repeated, oneof } = field;
  if (repeated && !isBytes(type) && wireType === delimited) {
    const list = message[name] as unknown[];
    reader.within(() => {
      while (reader.pos < reader.end) list.push(readValue(type, reader));
    });
  } else if (wireType !== (isBytes(type) ? delimited : varint)) {
    reader.skip(wireType);
  } else {
    const value = readValue(type, reader);
    if (repeated) (message[name] as unknown[]).push(value);
    else if (oneof !== undefined) message[oneof] = { case: name, value };
    else message[name] = value;
  }
}

function readValue(type: string, reader: Reader): unknown {
  switch (type) {
    case 's':
      return reader.text();
    case 'y':
      return reader.bytes();
    case 'b':
      return reader.bool();
    case 'i':
      return reader.int32();
    case 'l':
      return reader.int64();
    case 'u':
      return reader.uint64();
    default:
      return reader.within(() => read(type, reader));
  }
}

// What is left out, or has its default, is not written. Numbers are rounded.
export function encode(name: MessageName, message: unknown): Uint8Array<ArrayBuffer> {
  return written(name, message as Fields);
}

function written(name: string, message: Fields): Uint8Array<ArrayBuffer> {
  const writer = new Writer();
  for (const field of tableOf(name).fields) {
    const { oneof, repeated, type, number } = field;
    const chosen = oneof === undefined ? undefined : (message[oneof] as Fields | undefined);
    if (oneof !== undefined && chosen?.['case'] !== field.name) continue;
    const value = chosen === undefined ? message[field.name] : chosen['value'];
    if (value === undefined) continue;
    if (!repeated) writeValue(writer, number, type, value, chosen !== undefined);
    else for (const element of value as unknown[]) writeValue(writer, number, type, element, true);
  }
  return writer.finish();
}

function writeValue(
  writer: Writer,
  number: number,
  type: string,
  value: unknown,
  always: boolean,
): void {
  if (!isBytes(type)) {
    const whole = Math.round(Number(value)); // of a bool: 0 or 1
    if (always || whole !== 0) writer.tag(number, varint).number(whole);
  } else if (isMessage(type)) {
    writer.tag(number, delimited).delimited(written(type, value as Fields));
  } else if (always || (value as string | Uint8Array).length > 0) {
    writer.tag(number, delimited);
    if (type === 's') writer.text(value as string);
    else writer.delimited(value as Uint8Array);
  }
}
