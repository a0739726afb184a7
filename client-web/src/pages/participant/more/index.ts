// What a participant's page has below the hand, and what it shows only at times. Loaded at once
// behind what is needed to raise a hand (A3).
export { default as AskedNext } from './AskedNext.svelte';
export { default as Below } from './Below.svelte';
export { default as GoToRoom } from './GoToRoom.svelte';
export { default as NewModerator } from './NewModerator.svelte';
export { default as OwnFloor } from './OwnFloor.svelte';
export { default as OwnHands } from './OwnHands.svelte';
