import { bps, ether, listed, type Agent, type Wei } from "../../src/index.ts";

/*
 * Who holds what, and with whom. Published shares (of EigenLayer in February 2025) are met exactly: seven operators run
 * 75 %, ten entities hold 80 %. How the two meet is assumed: stake is laid out as two rulers of the same length, one
 * marked by operators and one by holders, and each overlap is one account. All in basis points of the total.
 */
const TOTAL = ether(4_500_000);
/** Operators own a hundredth of what they run; the rest is delegated to them. */
const DELEGATED = bps(9_900);

/** What the seven largest operators run, and the 23 others. */
export const MAJORS = [1800, 1500, 1200, 1000, 800, 700, 500] as const;
export const MINORS = [
  300, 260, 230, 200, 180, 160, 150, 140, 130, 120, 110, 100, 90, 80, 60, 50, 40, 30, 25, 20, 10, 8, 7,
];
/** What the ten entities hold, each in four tranches; eighty others hold 25 each. */
const ENTITIES = [2400, 1600, 1200, 800, 600, 480, 360, 280, 160, 120];
const TRANCHES = 4;
const RETAIL = { holder: -1, part: 25 };

type OperatorId = `majors-${number}` | `minors-${number}`;
interface Account {
  /** Place among the entities, or -1. */
  readonly holder: number;
  readonly operator: OperatorId;
  readonly part: number;
}

const operators: readonly { id: OperatorId; part: number }[] = [
  ...MAJORS.map((part, index) => ({ id: `majors-${index + 1}` as const, part })),
  ...MINORS.map((part, index) => ({ id: `minors-${index + 1}` as const, part })),
];
/** Tranche after tranche, two ordinary holders after each. */
const holders = Array.from({ length: TRANCHES }, () =>
  ENTITIES.flatMap((part, holder) => [{ holder, part: part / TRANCHES }, RETAIL, RETAIL]),
).flat();

/** Overlaps of the two rulers, in order. */
function layOut(): readonly Account[] {
  const accounts: Account[] = [];
  let at = 0;
  let left = operators[0]?.part ?? 0;
  for (const { holder, part } of holders) {
    for (let rest = part; rest > 0;) {
      const operator = operators[at];
      if (operator === undefined) return accounts;
      const taken = Math.min(rest, left);
      accounts.push({ holder, operator: operator.id, part: taken });
      rest -= taken;
      left -= taken;
      if (left === 0) left = operators[++at]?.part ?? 0;
    }
  }
  return accounts;
}
const accounts = layOut();

const amount = (part: number): Wei => (TOTAL * BigInt(part)) / 10_000n;

/** What operators of the given parts own themselves. */
export function ownStake(parts: readonly number[]): ReturnType<typeof listed> {
  return listed(parts.map((part) => amount(part) - (amount(part) * DELEGATED) / bps(10_000)));
}

function population<Names extends string>(holder: number, agent: Agent<Names>) {
  const own = accounts.filter((account) => account.holder === holder);
  return {
    count: own.length,
    agent,
    stake: listed(own.map(({ part }) => (amount(part) * DELEGATED) / bps(10_000))),
    delegateTo: { list: own.map(({ operator }) => operator) },
  };
}

/** The accounts of the entity of rank 1 (the largest) to 10. */
export const entity = <Names extends string>(rank: number, agent: Agent<Names>) => population(rank - 1, agent);
/** The accounts of all ordinary holders. */
export const retail = <Names extends string>(agent: Agent<Names>) => population(RETAIL.holder, agent);
