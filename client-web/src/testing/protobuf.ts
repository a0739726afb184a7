// The vocabulary by @bufbuild/protobuf itself, for tests: the other side of every conversation, and
// what our codec is compared with.
import { create, ScalarType, type DescMessage, type MessageShape } from '@bufbuild/protobuf';
import type { Plain, PlainInit } from '../wire';

type Fields = Record<string, unknown>;

// Turns a message that was just decoded into plain data, in place: nobody else holds it.
export function toPlain<T>(message: T): Plain<T> {
  narrow(message as Fields);
  return message as Plain<T>;
}

function narrow(value: Fields): void {
  for (const key in value) {
    const field = value[key];
    if (typeof field === 'bigint') value[key] = Number(field);
    else if (Array.isArray(field)) {
      for (const element of field) if (typeof element === 'object') narrow(element as Fields);
    } else if (field !== null && typeof field === 'object' && !(field instanceof Uint8Array)) {
      narrow(field as Fields);
    }
  }
}

export function fromPlain<Desc extends DescMessage>(
  desc: Desc,
  init: PlainInit<MessageShape<Desc>>,
): MessageShape<Desc> {
  return create(desc, widen(desc, init as Fields) as never);
}

const wide: ReadonlySet<ScalarType> = new Set([
  ScalarType.INT64,
  ScalarType.UINT64,
  ScalarType.SINT64,
  ScalarType.FIXED64,
  ScalarType.SFIXED64,
]);

function widen(desc: DescMessage, init: Fields): Fields {
  const out: Fields = { ...init };
  for (const field of desc.fields) {
    const one_of = field.oneof?.localName;
    const holder = one_of === undefined ? undefined : (out[one_of] as Fields | undefined);
    if (one_of !== undefined && holder?.['case'] !== field.localName) continue;
    const value = holder === undefined ? out[field.localName] : holder['value'];
    if (value === undefined) continue;
    let widened = value;
    if (field.fieldKind === 'message') widened = widen(field.message, value as Fields);
    else if (field.fieldKind === 'scalar' && wide.has(field.scalar))
      widened = BigInt(Math.round(value as number));
    else if (field.fieldKind === 'list' && field.listKind === 'message') {
      const { message } = field;
      widened = (value as Fields[]).map((element) => widen(message, element));
    }
    if (one_of === undefined) out[field.localName] = widened;
    else out[one_of] = { case: field.localName, value: widened };
  }
  return out;
}
