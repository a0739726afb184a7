// The states in which the pages are looked at: /gallery#PAGE/SCENE.
import { Asked, Preset, SessionPhase } from '../../wire';
import type { Scene } from './data';

export const scenes: Readonly<Record<string, Scene>> = {
  usual: { announced: true },
  empty: { waiting: 0, speaking: 'none', item: 'none' },
  raised: { hands: [{}] },
  next: { hands: [{ place: 1, next: true, waitLowMs: 0, waitHighMs: 60_000 }] },
  asked: { hands: [{ asked: Asked.PENDING }] },
  mine: { speaking: 'mine' },
  short: { speaking: 'short' },
  over: { speaking: 'over' },
  paused: { speaking: 'paused', phase: SessionPhase.PAUSED },
  offline: { connection: 'offline', hands: [{}] },
  workshop: { preset: Preset.WORKSHOP },
  simple: { preset: Preset.SIMPLE, queueOpen: false },
  much: {
    waiting: 80,
    long: true,
    hands: [
      { place: 64, waitHighMs: 7_200_000 },
      { requestId: 'q4', held: true, kind: 2 },
    ],
  },
  draft: { phase: SessionPhase.DRAFT, waiting: 0, speaking: 'none', item: 'none' },
  break: { item: 'break', speaking: 'none' },
  closed: { phase: SessionPhase.CLOSED, waiting: 0, speaking: 'none', item: 'none' },
  waiting: { admitted: false },
  muted: { muted: true },
};
