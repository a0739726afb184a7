import { beforeEach, describe, expect, it, vi } from 'vitest';
import { setLanguage } from '../../i18n';
import { ItemForm } from './item-form.svelte';

beforeEach(() => {
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  setLanguage('en');
});

describe('an item that is typed', () => {
  it('A1: says at each field what is missing or accepted, once it is to be saved', () => {
    const form = new ItemForm(undefined, 'plenary');
    form.minutes = null; // emptied, which is not none
    form.limitMinutes = 1441;
    expect([form.titleWrong, form.minutesWrong, form.limitWrong]).toEqual(['', '', '']);
    expect(form.check()).toBe(false);
    expect(form.titleWrong).toBe('Please give a title.');
    expect(form.minutesWrong).toBe('Accepted are 0 to 10080 minutes, which is a week.');
    expect(form.limitWrong).toBe('Accepted are 0 to 1440 minutes, which is a day.');
    form.title = { text: 'Group photo', translations: [] };
    form.minutes = 0;
    form.limitMinutes = 0;
    expect(form.check()).toBe(true);
  });

  it.each([-1, 10_081, 99_999])('A1: %d minutes are none that an item can have', (minutes) => {
    const form = new ItemForm(undefined, 'plenary');
    form.title = { text: 'Group photo', translations: [] };
    form.minutes = minutes;
    expect(form.check()).toBe(false);
    expect(form.minutesWrong).toMatch(/10080/);
    form.minutes = 10_080;
    expect(form.check()).toBe(true);
  });
});
