// How long words about a hand that was refused stand: until what they were about has changed, not
// until the next press. A queue that closes, or a topic that changes, may be seen only after the
// refusal that it caused, and takes no words away.

export interface Circumstances {
  readonly place: string; // room, item and phase: where the meeting is
  readonly queueOpen: boolean;
  readonly hasTopic: boolean;
  readonly muted: boolean;
  readonly confirmed: boolean; // the delegation, as staff see it
  readonly handUp: boolean;
}

export function isOutdated(before: Circumstances, now: Circumstances): boolean {
  const became = (name: 'queueOpen' | 'hasTopic' | 'confirmed' | 'handUp') =>
    now[name] && !before[name];
  return (
    now.place !== before.place ||
    now.muted !== before.muted ||
    became('queueOpen') ||
    became('hasTopic') ||
    became('confirmed') ||
    became('handUp')
  );
}
