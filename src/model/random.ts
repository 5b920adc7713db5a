/** An agent's own stream of randomness for this step. */
export interface Random {
  /** Whole number in [0, below). */
  integer(below: number): number;
  /** Whole bigint in [0, below). */
  bigint(below: bigint): bigint;
  /** True with probability `fraction` [WAD]. */
  chance(fraction: bigint): boolean;
}
