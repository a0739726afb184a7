// localStorage that may be switched off, full, or hold anything: then things last as long as the
// page.

const fallback = new Map<string, string>();

export function stored(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? fallback.get(key);
  } catch {
    return fallback.get(key);
  }
}

export function store(key: string, value: string): void {
  fallback.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    // The fallback has it.
  }
}

export function forget(key: string): void {
  fallback.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // It was never there.
  }
}

// Whether what is stored is still there after the page was closed.
export function storageLasts(): boolean {
  const probe = 'plenary.probe';
  try {
    localStorage.setItem(probe, probe);
    const kept = localStorage.getItem(probe) === probe;
    localStorage.removeItem(probe);
    return kept;
  } catch {
    return false;
  }
}
