// Every bound and length of time of the connection. Those of the protocol:
// proto/plenary/v1/PROTOCOL.md.

export const openWithinMs = 10_000; // the socket, and then the welcome; else the next try
export const silenceMs = 25_000; // nothing from the server for so long: the connection is dead
export const vigilantSilenceMs = 4_500; // of a display: tries anew just before it says so (D1)
export const probeMs = 5_000; // after the page woke up: is anybody there?

export const firstRetryMs = 500; // doubles with each failure, with jitter
export const longestRetryMs = 30_000;
// Live for so long, a connection has worked: back-off starts anew
export const stableAfterMs = 5_000;
export const returnSpreadMs = 500; // when a network is back, its people do not come in one instant

export const expiredAfterMs = 5 * 60_000; // of a command; the server refuses older ones
export const expiryMarginMs = 5_000; // given up this much before, for the way and the clocks
// A moderator's command whose answer was lost is asked about for so long (C5)
export const resendForMs = 10_000;
export const replyWithinMs = 10_000; // then the same id again
export const firstAgainMs = 500; // after UNAVAILABLE, doubling
export const longestAgainMs = 8_000;
export const mostTries = 7;
// The longest that a command that is done waits for the view to show it
export const settleWithinMs = 2_000;

export const mostPending = 64; // commands on their way; one more is refused
export const mostQuestions = 16; // likewise

// When the clocks are compared, after the one before.
export const askAfterMs: readonly number[] = [300, 700, 1_000, 2_000, 4_000];
export const askEveryMs = 60_000;
// Half of the best round trip so far; else asked again soon (T1: 250 ms)
export const sureWithinMs = 100;
export const unsureAskEveryMs = 5_000;
export const vigilantAskEveryMs = 2_000;
