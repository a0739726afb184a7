// The first field of a form that was refused has the focus, once it is marked (A1).
import { tick } from 'svelte';

export async function focusRefused(form: HTMLElement | undefined): Promise<void> {
  await tick();
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
