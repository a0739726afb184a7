// A drag in a list, by mouse, pen or finger. The list may change under it: where the drop would go
// is looked up anew at every frame, from where the rows are then. One drag at a time.
import { targetAt } from '../../core/chair/queue-move';

const thresholdPx = 6; // less is a click
const edgePx = 48; // this near to an edge, the list scrolls
const scrollPx = 9; // a frame

export class Drag {
  #id = $state('');
  #beforeId = $state('');
  #x = $state(0);
  #y = $state(0);
  #held: { id: string; x: number; y: number } | undefined;
  #frame = 0;
  #list: HTMLElement | undefined;
  readonly #drop: (id: string, beforeId: string) => void;

  constructor(drop: (id: string, beforeId: string) => void) {
    this.#drop = drop;
  }

  // The entry that is being dragged; "" none.
  get id(): string {
    return this.#id;
  }
  get beforeId(): string {
    return this.#beforeId;
  }
  get x(): number {
    return this.#x;
  }
  get y(): number {
    return this.#y;
  }

  // A finger drags by the grip alone, for elsewhere it scrolls; a mouse takes the whole row.
  down(event: PointerEvent, list: HTMLElement): void {
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    const grip = event.target.closest('[data-grip]');
    const row = event.target.closest<HTMLElement>('[data-entry]');
    const head = event.target.closest('[data-focus]');
    if (!row || (!grip && (event.pointerType === 'touch' || !head))) return;
    this.#held = { id: row.dataset['entry'] ?? '', x: event.clientX, y: event.clientY };
    this.#list = list;
  }

  move(event: PointerEvent): void {
    this.#x = event.clientX;
    this.#y = event.clientY;
    const held = this.#held;
    if (!held || this.#id !== '') return;
    if (Math.hypot(event.clientX - held.x, event.clientY - held.y) < thresholdPx) return;
    this.#list?.setPointerCapture(event.pointerId);
    this.#id = held.id;
    this.#follow();
  }

  up(): void {
    const [id, beforeId] = [this.#id, this.#beforeId];
    this.cancel();
    if (id !== '') this.#drop(id, beforeId);
  }

  cancel(): void {
    this.#held = undefined;
    this.#id = '';
    cancelAnimationFrame(this.#frame);
  }

  #follow(): void {
    const list = this.#list;
    if (this.#id === '' || !list) return;
    const rows = [...list.querySelectorAll<HTMLElement>('[data-entry]')];
    const here = rows.some((row) => row.dataset['entry'] === this.#id);
    if (!here) return this.cancel(); // called, withdrawn or removed meanwhile
    const boxes = rows.map((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return { id: row.dataset['entry'] ?? '', top, bottom };
    });
    this.#beforeId = targetAt(boxes, this.#y);
    scrollNear(list, this.#y);
    this.#frame = requestAnimationFrame(() => this.#follow());
  }
}

function scrollNear(list: HTMLElement, y: number): void {
  const scroller = [...ancestors(list)].find((one) => one.scrollHeight > one.clientHeight + 1);
  const box = scroller?.getBoundingClientRect();
  const top = Math.max(0, box?.top ?? 0);
  const bottom = Math.min(innerHeight, box?.bottom ?? innerHeight);
  const by = y < top + edgePx ? -scrollPx : y > bottom - edgePx ? scrollPx : 0;
  if (by !== 0) (scroller ?? document.documentElement).scrollBy(0, by);
}

function* ancestors(element: HTMLElement): Generator<HTMLElement> {
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) yield at;
  }
}
