import { WorldImpossibleError } from "../../errors/world-impossible-error.ts";
import type { Amount } from "../../model/defi/tokens.ts";
import { PROTOCOL } from "../../model/names.ts";
import type { Arrangement } from "../set-up/arrange.ts";
import type { WorldContext } from "../world-context.ts";
import { defiWorld } from "./defi-world.ts";
import type { Demand, DefiWorld, SetUpStage } from "./domain.ts";
import { domains } from "./registry.ts";
import { transferCall } from "./tokens/tokens.ts";

function demandsOf({ defi }: DefiWorld): readonly Demand[] {
  const wallets = Object.entries(defi.balances).flatMap(([participant, balances]) =>
    Object.entries(balances).map(([token, amount]) => ({ participant, token, amount })),
  );
  const wanted = [...wallets, ...domains.flatMap((domain) => domain.demands?.(defi) ?? [])];
  return wanted.filter(({ amount }) => amount > 0n);
}

function makerOf(world: DefiWorld, token: string) {
  const maker = domains.find((domain) => token in (domain.tokens?.(world.defi) ?? {}));
  if (maker?.issue === undefined) {
    const reason = "it cannot be held before the run begins";
    throw new WorldImpossibleError(`balances of ${token}`, reason, "Let somebody acquire it in the run.");
  }
  return { name: maker.name, issue: maker.issue };
}

/** The protocol makes what is demanded, in the order of the registry, and hands it out. */
function handOut(world: DefiWorld): readonly Arrangement[] {
  const actor = world.book.participants.address(PROTOCOL);
  const demands = demandsOf(world);
  const sums = new Map<string, Amount>();
  for (const { token, amount } of demands) sums.set(token, (sums.get(token) ?? 0n) + amount);
  // As declared within a domain: a dollar that is minted against another comes after it.
  const order = domains.flatMap((domain) => Object.keys(domain.tokens?.(world.defi) ?? {}));
  const makers = [...sums].map(([token, amount]) => ({ token, amount, maker: makerOf(world, token) }));
  makers.sort((a, b) => order.indexOf(a.token) - order.indexOf(b.token));
  const made = makers.map(({ token, amount, maker }): Arrangement => {
    const calls = maker.issue(world, { token, amount });
    return { part: `supply of ${token}`, actor, calls, gasLimit: 60_000_000n };
  });
  const given = demands
    .filter(({ participant }) => participant !== PROTOCOL)
    .map(({ participant, token, amount }): Arrangement => {
      const to = world.book.participants.address(participant);
      return { part: `${token} of ${participant}`, actor, calls: [transferCall(world, { token, to, amount })] };
    });
  return [...made, ...given];
}

/** What each stage of the set-up does for the DeFi layer, `wire` with the handing out of all tokens. */
export function arrangeDefi(at: WorldContext, stage: SetUpStage): readonly Arrangement[] {
  const world = defiWorld(at);
  if (world === null) return [];
  const orders = domains.flatMap((domain) => domain.arrange?.[stage]?.(world) ?? []);
  return stage === "wire" ? [...orders, ...handOut(world)] : orders;
}
