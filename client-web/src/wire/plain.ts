// Generated messages as plain data: what src/wire/codec.ts makes and takes.

type Hidden = '$typeName' | '$unknown';

export type Plain<T> = T extends bigint
  ? number
  : T extends Uint8Array | string | number | boolean | undefined
    ? T
    : T extends readonly (infer Element)[]
      ? readonly Plain<Element>[]
      : { readonly [Key in keyof T as Key extends Hidden ? never : Key]: Plain<T[Key]> };

// What a message can be made of: what is left out has its default.
export type PlainInit<T> = T extends bigint
  ? number
  : T extends Uint8Array | string | number | boolean | undefined
    ? T
    : T extends readonly (infer Element)[]
      ? readonly PlainInit<Element>[]
      : T extends { case: infer Case extends string; value: infer Value }
        ? { readonly case: Case; readonly value: PlainInit<Value> }
        : T extends { case: undefined }
          ? { readonly case: undefined; readonly value?: undefined }
          : { readonly [Key in keyof T as Key extends Hidden ? never : Key]?: PlainInit<T[Key]> };
