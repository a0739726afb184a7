// Bytes to plain data and back, by the tables that scripts/protoc-gen-tables.mjs makes of the vocabulary. int64 travels
// as 64 bits; every one of ours is an instant in milliseconds, a length of time or a sequence, far below 2^53, so it is
// a number here. What a newer server sends and this page does not know is passed over. Throws on bytes that are none of
// that message.
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
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
  return read(name, new BinaryReader(bytes), bytes.length);
}

function read(name: string, reader: BinaryReader, length: number): Fields {
  const table = tableOf(name);
  const message = empty(table);
  const end = reader.pos + length;
  while (reader.pos < end) {
    const [number, wireType] = reader.tag();
    const field = table.byNumber.get(number);
    if (field === undefined) reader.skip(wireType, number);
    else readField(message, field, wireType, reader);
  }
  if (reader.pos !== end) throw new Error(`${name} does not end where it should`);
  return message;
}

function readField(message: Fields, field: Field, wireType: WireType, reader: BinaryReader): void {
  const { name, type, repeated, oneof } = field;
  const packed = repeated && !isBytes(type) && wireType === WireType.LengthDelimited;
  if (packed) {
    const end = reader.uint32() + reader.pos;
    while (reader.pos < end) (message[name] as unknown[]).push(readValue(type, reader));
  } else if (wireType !== (isBytes(type) ? WireType.LengthDelimited : WireType.Varint)) {
    reader.skip(wireType, field.number);
  } else {
    const value = readValue(type, reader);
    if (repeated) (message[name] as unknown[]).push(value);
    else if (oneof !== undefined) message[oneof] = { case: name, value };
    else message[name] = value;
  }
}

function readValue(type: string, reader: BinaryReader): unknown {
  switch (type) {
    case 's':
      return reader.string();
    case 'y':
      return reader.bytes();
    case 'b':
      return reader.bool();
    case 'i':
      return reader.int32();
    case 'l':
      return Number(reader.int64());
    case 'u':
      return Number(reader.uint64());
    default:
      return read(type, reader, reader.uint32());
  }
}

// What is left out, or has its default, is not written. Numbers are rounded.
export function encode(name: MessageName, message: unknown): Uint8Array {
  const writer = new BinaryWriter();
  write(name, message as Fields, writer);
  return writer.finish();
}

function write(name: string, message: Fields, writer: BinaryWriter): void {
  for (const field of tableOf(name).fields) {
    const { oneof, repeated, type, number } = field;
    const chosen = oneof === undefined ? undefined : (message[oneof] as Fields | undefined);
    if (oneof !== undefined && chosen?.['case'] !== field.name) continue;
    const value = chosen === undefined ? message[field.name] : chosen['value'];
    if (value === undefined) continue;
    if (!repeated) writeValue(writer, number, type, value, chosen !== undefined);
    else if (isBytes(type)) {
      for (const element of value as unknown[]) writeValue(writer, number, type, element, true);
    } else if ((value as unknown[]).length > 0) {
      writer.tag(number, WireType.LengthDelimited).fork();
      for (const element of value as unknown[]) writeNumber(writer, type, element);
      writer.join();
    }
  }
}

function writeNumber(writer: BinaryWriter, type: string, value: unknown): void {
  if (type === 'b') writer.bool(Boolean(value));
  else if (type === 'i') writer.int32(Math.round(value as number));
  else if (type === 'l') writer.int64(Math.round(value as number));
  else writer.uint64(Math.round(value as number));
}

function writeValue(
  writer: BinaryWriter,
  number: number,
  type: string,
  value: unknown,
  always: boolean,
): void {
  if (!isBytes(type)) {
    if (!always && Number(value) === 0) return;
    writeNumber(writer.tag(number, WireType.Varint), type, value);
    return;
  }
  const size = isMessage(type) ? 1 : (value as string | Uint8Array).length;
  if (!always && size === 0) return;
  writer.tag(number, WireType.LengthDelimited);
  if (type === 's') writer.string(value as string);
  else if (type === 'y') writer.bytes(value as Uint8Array);
  else {
    writer.fork();
    write(type, value as Fields, writer);
    writer.join();
  }
}
