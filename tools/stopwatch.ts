/** Measures how long a command has been at it [s]: for progress alone; `src/` itself reads no clock. */
export function startStopwatch(): () => number {
  const began = performance.now();
  return () => (performance.now() - began) / 1000;
}
