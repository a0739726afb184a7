#!/usr/bin/env node
// A plugin of protoc: writes, for every message that travels, one line that src/wire/codec.ts
// reads. The descriptors that protoc-gen-es writes need a library of 20 KiB (compressed) to be of
// use, a third of what the participant's page may weigh (A3); so from them the pages take types and
// enums alone.
//
//   Reply: '1 id y;2 position Position outcome;3 refusal Refusal outcome;4 createdId s'
//
// number, name, type, and the oneof if it is in one. Types: s string, y bytes, b bool, i int32 or
// enum, l int64, u uint64, or a message; a * before it if it is repeated.
import { createEcmaScriptPlugin, runNodeJs } from '@bufbuild/protoplugin';
import { ScalarType } from '@bufbuild/protobuf';

const letters = new Map([
  [ScalarType.STRING, 's'],
  [ScalarType.BYTES, 'y'],
  [ScalarType.BOOL, 'b'],
  [ScalarType.INT32, 'i'],
  [ScalarType.INT64, 'l'],
  [ScalarType.UINT64, 'u'],
]);

function typeOf(field, seen) {
  const { message, enum: enumeration, scalar } = field;
  if (field.fieldKind === 'map') throw new Error(`${field.parent.typeName}: no maps`);
  if (message) return nameOf(visit(message, seen));
  const letter = enumeration ? 'i' : letters.get(scalar);
  if (letter === undefined) throw new Error(`${field.parent.typeName}.${field.name}: unknown type`);
  return letter;
}

const nameOf = (message) => message.typeName.replace(/^plenary\.v1\./, '');

// Commands that a browser never sends over its socket: the edge makes them, or the API takes them.
const notFromBrowsers = new Set([
  'create_session',
  'finish_closing',
  'import_agenda',
  'enter_session',
  'note_seen',
  'create_invitation',
  'offer_return',
]);
const travels = (message, field) =>
  message.typeName !== 'plenary.v1.Command' || !notFromBrowsers.has(field.name);

function visit(message, seen) {
  if (seen.has(message)) return message;
  seen.set(message, '');
  const sent = message.fields.filter((field) => travels(message, field));
  const fields = sent.map((field) => {
    if (field.proto.proto3Optional) throw new Error(`${message.typeName}: no optional fields`);
    const repeated = field.fieldKind === 'list' ? '*' : '';
    const oneof = field.oneof ? ` ${field.oneof.localName}` : '';
    return `${field.number} ${field.localName} ${repeated}${typeOf(field, seen)}${oneof}`;
  });
  seen.set(message, fields.join(';'));
  return message;
}

const plugin = createEcmaScriptPlugin({
  name: 'protoc-gen-tables',
  version: '1',
  generateTs(schema) {
    const wire = schema.files.find((file) => file.name === 'plenary/v1/wire');
    const seen = new Map();
    for (const name of ['ClientMessage', 'ServerBatch']) {
      visit(
        wire.messages.find((message) => message.name === name),
        seen,
      );
    }
    const out = schema.generateFile('tables.ts');
    out.print('// Made by scripts/protoc-gen-tables.mjs.');
    out.print('export const tables = {');
    for (const [message, fields] of seen)
      out.print(`  ${nameOf(message)}: ${JSON.stringify(fields)},`);
    out.print('} as const;');
  },
});
runNodeJs(plugin);
