// The second part of the participant's page (more/): fetched as soon as the first one stands.

import type * as Parts from './more/index';

export interface More {
  readonly parts: typeof Parts | undefined;
  readonly failed: boolean;
  again(): void;
}

// Tried anew whenever `wanted` says something else that is true: when the connection is back.
export function loadMore(wanted: () => 'no' | 'offline' | 'live'): More {
  let parts = $state.raw<typeof Parts>();
  let failed = $state(false);
  const load = () => {
    failed = false;
    import('./more/index').then(
      (loaded) => (parts = loaded),
      () => (failed = true),
    );
  };
  $effect(() => {
    if (wanted() !== 'no' && parts === undefined) load();
  });
  return {
    get parts() {
      return parts;
    },
    get failed() {
      return failed;
    },
    again: load,
  };
}
