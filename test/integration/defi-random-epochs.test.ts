import { expect } from "chai";

import type { Action, PlannedAction } from "../../src/model/action.ts";
import type { DefiSpec } from "../../src/model/defi/defi.ts";
import type { EpochVaultSpec } from "../../src/model/defi/epoch-vaults.ts";
import { ether } from "../../src/units/amounts.ts";
import { dice, type Dice } from "../helpers/dice.ts";
import { emptyDefi } from "../helpers/defi-world.ts";
import { byChannel, liveByTheBooks } from "../helpers/random-books.ts";
import { planned, smallWorld } from "../helpers/small-world.ts";

const STEPS = 60;
const EPOCH = 120n;
const PEOPLE = ["stakers-1", "stakers-2", "stakers-3"] as const;
/** Nothing of a party's change may be told by no fact, but for what valuing an asset that earns rounds [wei]. */
const UNTOLD = 1_000n;

const vault = (id: string, asset: string, burner: string | null): EpochVaultSpec => ({
  ...{ id, asset, curator: "protocol", epoch: EPOCH, burner, delegator: "fullRestake" },
  networks: ["oracle", "watchers"].map((network) => ({
    ...{ network, limit: ether(60) },
    operators: ["operators-1", "operators-2"].map((operator) => ({ operator, stake: ether(50) })),
  })),
});
const each = (token: string) => Object.fromEntries(PEOPLE.map((who) => [who, { [token]: ether(90), wlst: ether(90) }]));
const defi: DefiSpec = {
  ...emptyDefi,
  tokens: [
    { id: "weth", kind: "wrappedEther" },
    { id: "wlst", kind: "wrappedLst" },
  ],
  epochVaults: [vault("plain", "weth", "stakers-3"), vault("earning", "wlst", null)],
  epochPositions: PEOPLE.flatMap((participant) =>
    ["plain", "earning"].map((id) => ({ vault: id, participant, deposited: ether(20) + 1n })),
  ),
  balances: each("weth"),
};

/** What happens next; much of it is refused, as in life. */
function next(roll: Dice, now: bigint, epochNow: bigint): PlannedAction {
  const id = roll.pick(["plain", "earning"]);
  const amount = 1n + roll.below(ether(15));
  if (roll.chance(20)) {
    const captured = now - 1n - roll.below(EPOCH);
    const order = { operator: roll.pick(["operators-1", "operators-2"]), captured: captured < 0n ? 0n : captured };
    return planned(roll.pick(["oracle", "watchers"]), { type: "epochSlash", vault: id, amount: amount / 2n, ...order });
  }
  if (roll.chance(10)) return planned("protocol", { type: "changeValidators", delta: ether(3) });
  if (roll.chance(10)) return planned("protocol", { type: "reportPool" });
  const epoch = epochNow - roll.below(3n);
  const action = roll.pick<Action>([
    { type: "epochDeposit", vault: id, amount },
    { type: "epochWithdraw", vault: id, amount },
    { type: "epochWithdraw", vault: id, amount: roll.chance(20) ? "all" : amount / 3n + 1n },
    { type: "epochClaim", vault: id, epoch },
    { type: "epochClaim", vault: id, epoch },
  ]);
  return planned(roll.pick(PEOPLE), action);
}

describe("the books of random histories of epoch vaults", () => {
  for (const seed of [11n, 16n]) {
    it(`tell every wei of deposits, slashes and claims, seed ${seed}`, async () => {
      const roll = dice(seed);
      let epoch = 0n;
      const spec = smallWorld({ defi });
      const { lines, done } = await liveByTheBooks({
        ...{ spec, steps: STEPS, untold: UNTOLD },
        next: (step) => {
          const time = 12n * BigInt(step + 1);
          return { time, actions: Array.from({ length: 3 }, () => next(roll, time, epoch)) };
        },
        seen: (_, __, after) => {
          epoch = after.defi.epochVaults["plain"]?.epoch ?? 0n;
        },
      });

      for (const type of ["epochDeposit", "epochWithdraw", "epochClaim", "epochSlash", "reportPool"]) {
        expect(done.get(type) ?? 0, type).to.be.greaterThan(0);
      }
      // What stakers lose the receiver and nobody have.
      expect(byChannel(lines).get("slash")?.sum).to.be.within(-UNTOLD, UNTOLD);
    });
  }
});
