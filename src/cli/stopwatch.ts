/** Measures how long a command has been at it [s]: for progress alone, no result depends on it. */
export function startStopwatch(): () => number {
  const began = performance.now();
  return () => (performance.now() - began) / 1000;
}
