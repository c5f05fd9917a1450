import type { Problem, Reading, Site } from '../model/reading';
import type { Span } from '../model/span';

/** What TensorFlow.js would throw where a layer of this site is made or applied. */
export const refusalOf = (reading: Reading, { call, applications }: Site): Problem | undefined =>
  reading.problems.find(
    ({ severity, span }) => severity === 'error' && (within(span, call) || applications.some((use) => within(span, use))),
  );

const within = (inner: Span, outer: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;
