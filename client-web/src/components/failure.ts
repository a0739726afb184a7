import type { Failure } from '../api';
import { m } from '../i18n';
import { refusalText } from '../i18n/refusals';

// Why an HTTP request came to nothing, in words.
export const failureText = (failure: Failure): string =>
  failure.kind === 'refused' ? refusalText(failure.refusal) : m.join_failed();

// The same for a request that acts, and would act again: without an answer it may have been done.
export const actFailureText = (failure: Failure): string =>
  failure.kind === 'refused' ? refusalText(failure.refusal) : m.act_unanswered();
