import type { BaseContract } from "ethers";

import type { Statement, SlashingWorld } from "./slashing.ts";
import { join, sign } from "./slashing.ts";

/** Set that {@link establish} creates: slashed at once. */
export const SERVICE_SET = 1;

interface Launchable extends BaseContract {
  launch: SlashingWorld["service"]["launch"];
  createSet: SlashingWorld["service"]["createSet"];
  useInstantSlasher: SlashingWorld["service"]["useInstantSlasher"];
}

/** Launches a service, creates its set under the instant slasher with `rules`, and lets the operators join. */
export async function establish(world: SlashingWorld, service: Launchable, rules: BaseContract[]) {
  const { ethers } = world.connection;
  await service.launch("ipfs://service");
  await service.createSet({
    id: SERVICE_SET,
    strategies: world.strategies,
    slasher: world.instant,
    recipient: ethers.ZeroAddress,
    releaseDelay: 0,
    hook: ethers.ZeroAddress,
  });
  const addresses = await Promise.all(rules.map(async (rule) => await rule.getAddress()));
  await service.useInstantSlasher(world.instant, SERVICE_SET, addresses);
  const avs = await service.getAddress();
  for (const operator of [world.ada, world.bob, world.cyd]) {
    await join(world, operator, { avs, ids: [SERVICE_SET] });
  }
  return { avs, id: SERVICE_SET };
}

/** Makes statements of one topic of a service, and signs them. */
export function speaker(world: SlashingWorld, avs: string, topic: string) {
  const says = (round: bigint, value: bigint | string): Statement => ({
    avs,
    setId: SERVICE_SET,
    topic,
    round,
    value: typeof value === "bigint" ? world.connection.ethers.toBeHex(value, 32) : value,
  });
  return {
    says,
    sign: async (by: SlashingWorld["ada"], round: bigint, value: bigint | string) =>
      await sign(world, { by, says: says(round, value) }),
  };
}
