// Requests that must act once, though their answer may be lost (C2): the same request, word for
// word, goes with the same key until an answer came, so the reader may simply send it again.
import { toHex } from '../core/bytes';
import { call, type Call, type Fields, type Result } from './http';

const unanswered = new Map<string, string>(); // request → its key

export async function callOnce<T>(
  request: Call,
  read: (answer: Fields) => T | undefined,
): Promise<Result<T>> {
  const words = JSON.stringify([request.path, request.body]);
  const key = unanswered.get(words) ?? freshUuid();
  unanswered.set(words, key);
  const result = await call({ ...request, key }, read);
  if (isAnswered(result)) unanswered.delete(words);
  return result;
}

// A server that is unavailable may find out later that it was done.
const isAnswered = (result: Result<unknown>): boolean =>
  result.ok || (result.failure.kind === 'refused' && result.failure.status < 500);

// `crypto.randomUUID` is there with HTTPS alone.
function freshUuid(): string {
  const hex = toHex(crypto.getRandomValues(new Uint8Array(16)));
  const ends = [8, 12, 16, 20, 32];
  return ends.map((end, index) => hex.slice(ends[index - 1] ?? 0, end)).join('-');
}
