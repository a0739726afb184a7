// Both sides of a page's surroundings: what it can ask for, and what to say of what it did. The
// participant's page takes them one by one, since the words of refusals are many.
export * from './context';
export { outcomeText } from './outcome';
