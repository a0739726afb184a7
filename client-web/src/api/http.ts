// /api/v1 over HTTP: JSON both ways, and refusals as application/problem+json (RFC 9457). Never
// rejects.
import { takeAnswer } from '../early/left';
import type { Refusal } from '../wire';
import { RefusalCode } from '../wire/refusal-codes';

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export type Failure =
  | { readonly kind: 'refused'; readonly status: number; readonly refusal: Refusal }
  | { readonly kind: 'unreachable' } // no answer, or not one of this server
  // An answer that this page does not understand
  | { readonly kind: 'shape'; readonly detail: string };

const withinMs = 20_000;

export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string; // below /api/v1
  readonly body?: unknown;
  readonly bearer?: string;
  readonly key?: string; // a UUID: sent again with it, the request acts once (once.ts)
}

// `read` makes what is wanted of the answer, or undefined if it is not of that shape.
export async function call<T>(
  { method, path, body, bearer, key }: Call,
  read: (answer: Fields) => T | undefined,
): Promise<Result<T>> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (bearer !== undefined) headers['authorization'] = `Bearer ${bearer}`;
  if (key !== undefined) headers['idempotency-key'] = key;
  let response: Response;
  let answer: unknown;
  try {
    const early = method === 'GET' ? takeAnswer(path, bearer) : undefined;
    response = await (early?.response ??
      fetch(`/api/v1${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        signal: AbortSignal.timeout(withinMs),
      }));
    answer = response.status === 204 ? {} : await response.json();
  } catch {
    return { ok: false, failure: { kind: 'unreachable' } };
  }
  const fields = asFields(answer);
  if (!response.ok) return { ok: false, failure: failureOf(response.status, fields) };
  const value = fields === undefined ? undefined : read(fields);
  if (value === undefined) return { ok: false, failure: { kind: 'shape', detail: path } };
  return { ok: true, value };
}

export type Fields = Readonly<Record<string, unknown>>;

export function asFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : undefined;
}

export function text(fields: Fields | undefined, key: string): string {
  const value = fields?.[key];
  return typeof value === 'string' ? value : '';
}

// {"code": "bad_field", "field": "name", "limit": 120}. A proxy's own page of errors has no code.
export function failureOf(status: number, problem: Fields | undefined): Failure {
  const word = text(problem, 'code').toUpperCase();
  if (word === '') return { kind: 'unreachable' };
  const named = (RefusalCode as Readonly<Record<string, unknown>>)[word];
  const known = typeof named === 'number' ? (named as RefusalCode) : undefined;
  const byStatus: Partial<Record<number, RefusalCode>> = {
    401: RefusalCode.UNKNOWN_TOKEN,
    403: RefusalCode.FORBIDDEN,
    404: RefusalCode.NOT_FOUND,
    413: RefusalCode.LIMIT_REACHED,
    429: RefusalCode.RATE_LIMITED,
    503: RefusalCode.UNAVAILABLE,
  };
  const limit = problem?.['limit'];
  const refusal: Refusal = {
    code: known ?? byStatus[status] ?? RefusalCode.UNSPECIFIED,
    field: text(problem, 'field'),
    limit: typeof limit === 'number' ? limit : 0,
    accepted: text(problem, 'accepted'),
  };
  return { kind: 'refused', status, refusal };
}
