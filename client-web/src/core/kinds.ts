// Which kind of hand is meant where nobody says otherwise.
import { RequestKind, type OfferedKind } from '../wire';

const ordinary: readonly RequestKind[] = [
  RequestKind.HAND,
  RequestKind.INTERVENTION,
  RequestKind.NEW_TOPIC,
];
const isOrdinary = ({ kind }: OfferedKind) => ordinary.includes(kind);

export const ordinaryKind = (kinds: readonly OfferedKind[]): RequestKind =>
  kinds.find(isOrdinary)?.kind ?? RequestKind.HAND;

// Whether a closed queue takes any of them: points of order alone (Q6).
export const takesWhenClosed = (kinds: readonly OfferedKind[]): boolean =>
  kinds.some(({ kind }) => kind === RequestKind.POINT_OF_ORDER);

// To choose from: what most people want comes first, and so has the focus. A point of order is not
// what somebody raises who only presses on.
export const ordinaryFirst = (kinds: readonly OfferedKind[]): readonly OfferedKind[] => [
  ...kinds.filter(isOrdinary),
  ...kinds.filter((one) => !isOrdinary(one)),
];
