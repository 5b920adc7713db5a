import { ActionInvalidError } from "../../errors/action-invalid-error.ts";
import type { DefiAction } from "../../model/defi/defi.ts";
import type { ActionContext, PreparedAction } from "../actions/prepared-action.ts";
import { adapterPreparers } from "./adapter/adapter-actions.ts";
import { cdpPreparers } from "./credit/cdp-actions.ts";
import { isolatedPreparers } from "./credit/isolated-actions.ts";
import { marketVaultPreparers } from "./credit/market-vault-actions.ts";
import { defiWorld } from "./defi-world.ts";
import type { DomainPreparers } from "./domain.ts";
import { dollarPreparers } from "./dollars/dollar-actions.ts";
import { fundPreparers } from "./dollars/fund-actions.ts";
import { lendingPreparers } from "./lending/lending-actions.ts";
import { epochPreparers } from "./epoch/epoch-actions.ts";
import { feedPreparers } from "./markets/feeds.ts";
import { poolPreparers } from "./markets/pool-actions.ts";
import { tokenPreparers } from "./tokens/tokens.ts";
import { vaultPreparers } from "./vaults/vault-actions.ts";

/** The one place that knows every action of the DeFi layer: a new one that is missing here does not compile. */
const preparers: DomainPreparers<DefiAction["type"]> = {
  ...tokenPreparers,
  ...vaultPreparers,
  ...dollarPreparers,
  ...fundPreparers,
  ...poolPreparers,
  ...feedPreparers,
  ...lendingPreparers,
  ...isolatedPreparers,
  ...marketVaultPreparers,
  ...cdpPreparers,
  ...epochPreparers,
  ...adapterPreparers,
};

/**
 * Turns an action of the DeFi layer into contract calls.
 *
 * @throws {@link ActionInvalidError} when this world has no such layer, or not what the action names.
 */
export async function prepareDefiAction(context: ActionContext, action: DefiAction): Promise<PreparedAction> {
  if (!Object.hasOwn(preparers, action.type)) throw new ActionInvalidError("of this step", "action", action.type);
  const world = defiWorld(context.world);
  if (world === null) throw new ActionInvalidError("of this step", "action", action.type);
  return await preparers[action.type]({ ...context, world }, action as never);
}
