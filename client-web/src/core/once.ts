// Each thing once, the first of those with one key: what people wrote, or what came in several
// pages while it changed, may hold a thing twice, and a list is not drawn with one key twice.
export function onceEach<T>(list: readonly T[], key: (one: T) => unknown): readonly T[] {
  const seen = new Set<unknown>();
  return list.filter((one) => {
    const before = seen.size;
    return seen.add(key(one)).size > before;
  });
}
