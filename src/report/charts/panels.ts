/** One of several pictures upon one axis of time. */
export interface Panel {
  readonly height: number;
  /** Its upright axis. */
  readonly axis: Record<string, unknown>;
  readonly series: readonly Record<string, unknown>[];
}

/** Height of a picture that stands alone. */
export const MAIN_PANEL = 332;
/** Height of one that stands below another. */
export const LOWER_PANEL = 150;
const LEFT = 92;
const TOP = 44;
/** Room for the numbers of marks between the uppermost panel and the name of its axis. */
const NUMBERS = 16;
const BOTTOM = 64;
/** Room between two panels, for the name of the lower one's axis. */
const BETWEEN = 50;

/** What panels share. */
export interface Stack {
  readonly xAxis: Record<string, unknown>;
  readonly right: number;
  /** Whether numbers of marks stand above the uppermost panel. */
  readonly numbered?: boolean;
}

/** Stacks panels upon one axis of time, which the lowest one labels. */
export function stackPanels(
  panels: readonly Panel[],
  { xAxis, right, numbered = false }: Stack,
): { readonly height: number; readonly option: Record<string, unknown> } {
  const room = numbered ? NUMBERS : 0;
  const tops = panels.map((_, at) => {
    return panels.slice(0, at).reduce((sum, { height }) => sum + height + BETWEEN, TOP + room);
  });
  const last = panels.length - 1;
  return {
    height: (tops[last] ?? TOP + room) + (panels[last]?.height ?? 0) + BOTTOM,
    option: {
      grid: panels.map(({ height }, at) => ({ left: LEFT, right, top: tops[at], height })),
      xAxis: panels.map((_, at) => ({
        ...xAxis,
        gridIndex: at,
        ...(at < last ? { name: "", axisLabel: { show: false } } : {}),
      })),
      yAxis: panels.map(({ axis }, at) => ({
        ...axis,
        gridIndex: at,
        ...(at === 0 && numbered ? { nameGap: 16 + NUMBERS } : {}),
      })),
      series: panels.flatMap(({ series }, at) => series.map((one) => ({ ...one, xAxisIndex: at, yAxisIndex: at }))),
    },
  };
}
