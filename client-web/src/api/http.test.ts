import { afterEach, describe, expect, it, vi } from 'vitest';
import { RefusalCode } from '../wire';
import { enter } from './index';
import { createSession } from './sessions';
import { failureOf } from './http';

function answering(status: number, body: unknown, type = 'application/json') {
  const sent = vi.fn((_url: string, _init: RequestInit) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return Promise.resolve(new Response(text, { status, headers: { 'content-type': type } }));
  });
  vi.stubGlobal('fetch', sent);
  return sent;
}

afterEach(() => vi.unstubAllGlobals());

const form = { code: '12345678', name: 'Ada', delegation: '', key: 'k' };

describe('HTTP', () => {
  it('P1: enters and gets a person’s token; nothing secret in the address', async () => {
    const sent = answering(200, { session: 's', person: 'p', token: 't' });
    const result = await enter(form);
    expect(result).toEqual({ ok: true, value: { sessionId: 's', personId: 'p', token: 't' } });
    const [url, init] = sent.mock.calls[0] ?? [];
    expect(url).toBe('/api/v1/enter');
    expect(init?.body).toBe(JSON.stringify(form));
    expect(init?.credentials).toBe('omit');
  });

  it('P1: a refusal comes with its code, field and limit', async () => {
    answering(422, { code: 'bad_field', field: 'name', limit: 120 }, 'application/problem+json');
    expect(await enter(form)).toEqual({
      ok: false,
      failure: {
        kind: 'refused',
        status: 422,
        refusal: { code: RefusalCode.BAD_FIELD, field: 'name', limit: 120, accepted: '' },
      },
    });
  });

  it('never rejects: no network, no JSON, another shape, a proxy’s page', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
    expect(await enter(form)).toEqual({ ok: false, failure: { kind: 'unreachable' } });
    answering(200, '<html>');
    expect(await enter(form)).toEqual({ ok: false, failure: { kind: 'unreachable' } });
    answering(200, { hello: 'world' });
    expect((await enter(form)).ok).toBe(false);
    answering(200, '[]');
    expect((await enter(form)).ok).toBe(false);
    answering(502, { error: 'bad gateway' });
    expect(await enter(form)).toEqual({ ok: false, failure: { kind: 'unreachable' } });
  });

  it('a code that this page does not know is told by its status', () => {
    const failure = failureOf(429, { code: 'slow_down' });
    expect(failure).toMatchObject({ refusal: { code: RefusalCode.RATE_LIMITED } });
    expect(failureOf(418, { code: 'teapot' })).toMatchObject({
      refusal: { code: RefusalCode.UNSPECIFIED },
    });
    // Names that an enum of TypeScript has for other reasons are no codes.
    expect(failureOf(404, { code: '21' })).toMatchObject({
      refusal: { code: RefusalCode.NOT_FOUND },
    });
  });

  it('the organizer’s key travels as a bearer', async () => {
    const sent = answering(201, { session: 's', join_code: '12345678', link: 'https://x/j/1' });
    const made = await createSession({ title: 'T' }, 'secret');
    expect(made).toEqual({ ok: true, value: { sessionId: 's', joinCode: '12345678' } });
    const [url, init] = sent.mock.calls[0] ?? [];
    expect(url).toBe('/api/v1/sessions');
    expect(init?.headers).toMatchObject({ authorization: 'Bearer secret' });
  });

  it('C2: what must act once is sent again with the key that had no answer', async () => {
    const keys: string[] = [];
    const answers: (() => Promise<Response>)[] = [
      () => Promise.reject(new TypeError('offline')),
      () => Promise.resolve(new Response('{"code":"unavailable"}', { status: 503 })),
      () => Promise.resolve(new Response('{"session":"s","join_code":"1"}', { status: 201 })),
      () => Promise.resolve(new Response('{"session":"t","join_code":"2"}', { status: 201 })),
      () => Promise.resolve(new Response('{"session":"u","join_code":"3"}', { status: 201 })),
    ];
    vi.stubGlobal('fetch', (_url: string, init: RequestInit) => {
      keys.push(new Headers(init.headers).get('idempotency-key') ?? '');
      return answers.shift()?.();
    });
    for (let i = 0; i < 4; ++i) await createSession({ title: 'T' }, 'secret');
    await createSession({ title: 'U' }, 'secret');
    const [lost, unavailable, made, another, other] = keys;
    expect(lost).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect([unavailable, made]).toEqual([lost, lost]);
    expect(new Set([lost, another, other]).size).toBe(3);
  });
});
