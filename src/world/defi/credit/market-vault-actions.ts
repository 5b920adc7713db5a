import { ActionInvalidError } from "../../../errors/action-invalid-error.ts";
import type { MarketVaultAction, MarketVaultSpec } from "../../../model/defi/market-vaults.ts";
import type { ActionContext, PreparedAction } from "../../actions/prepared-action.ts";
import type { Call } from "../../stage-driver.ts";
import type { DefiWorld, DomainPreparers } from "../domain.ts";
import { approveCall } from "../tokens/tokens.ts";
import { credit, marketsFor, MOST } from "./credit-contracts.ts";

type Context = ActionContext & { readonly world: DefiWorld };
type Wanted<T extends MarketVaultAction["type"]> = Extract<MarketVaultAction, { type: T }>;

/** Gas of moving assets between several markets, each of which accrues interest. */
const REALLOCATION_GAS = 15_000_000n;

/** A vault by its name; throws {@link ActionInvalidError} where there is none. */
function vaultOf(world: DefiWorld, action: { readonly type: string; readonly vault: string }): MarketVaultSpec {
  const vault = world.defi.marketVaults.find(({ id }) => id === action.vault);
  if (vault === undefined) throw new ActionInvalidError(action.type, "market vault", action.vault);
  return vault;
}

/** A market's id in its contract; throws {@link ActionInvalidError} where the vault cannot supply to it. */
function keyOf(world: DefiWorld, action: { readonly type: string; readonly vault: string }, market: string): string {
  const found = marketsFor(world, vaultOf(world, action)).find((one) => one.market === market);
  if (found === undefined) throw new ActionInvalidError(action.type, `market of ${action.vault}`, market);
  return found.id;
}

function call(world: DefiWorld, vault: string, ...[fn, args]: Parameters<typeof credit.vault.encode>): Call {
  return { target: world.token(vault), data: credit.vault.encode(fn, args) };
}

async function withdraw(context: Context, action: Wanted<"marketVaultWithdraw">): Promise<PreparedAction> {
  const { world, actor, ask } = context;
  const { id } = vaultOf(world, action);
  const { amount } = action;
  if (amount !== "all") {
    return { calls: [call(world, id, "withdraw", [amount, actor, actor])], gasLimit: REALLOCATION_GAS };
  }
  const shares = BigInt(await ask(call(world, id, "balanceOf", [actor])));
  return { calls: [call(world, id, "redeem", [shares, actor, actor])], gasLimit: REALLOCATION_GAS };
}

/** What can be wanted of vaults over isolated markets. */
export const marketVaultPreparers: DomainPreparers<MarketVaultAction["type"]> = {
  marketVaultDeposit: ({ world, actor }, action) => {
    const { id, asset } = vaultOf(world, action);
    const calls = [approveCall(world, asset, world.token(id)), call(world, id, "deposit", [action.amount, actor])];
    return { calls, gasLimit: REALLOCATION_GAS };
  },
  marketVaultWithdraw: withdraw,
  marketVaultReallocate: ({ world }, action) => {
    const targets = action.targets.map(({ market, assets }) => {
      return [keyOf(world, action, market), assets === "rest" ? MOST : assets];
    });
    return { calls: [call(world, action.vault, "reallocate", [targets])], gasLimit: REALLOCATION_GAS };
  },
  marketVaultSetCap: ({ world }, action) => ({
    calls: [call(world, action.vault, "setCap", [keyOf(world, action, action.market), action.cap])],
  }),
  marketVaultSetQueue: ({ world }, action) => {
    const keys = action.markets.map((market) => keyOf(world, action, market));
    const fn = action.queue === "supply" ? "setSupplyQueue" : "setWithdrawQueue";
    return { calls: [call(world, vaultOf(world, action).id, fn, [keys])] };
  },
  marketVaultMark: ({ world }, action) => ({
    calls: [call(world, vaultOf(world, action).id, "setBadDebtMarking", [action.marked])],
  }),
};
