import type { DefiSpec } from "../../../model/defi/defi.ts";
import type { DefiDomain, DefiWorld } from "../domain.ts";
import { dollarOf, DOLLAR_LENS, dollarParts, fundParts } from "./dollar-contracts.ts";
import { dollarFacts, dollarReaders } from "./dollar-facts.ts";
import { partsOfDollars, partsOfFunds } from "./dollar-parts.ts";
import { closeIssue, dollarDemands, issueDollars, openDollars, wireDollars } from "./dollar-set-up.ts";
import { readDollars } from "./dollar-view.ts";
import { fundDemands, issueShares, openTellers, wireFunds } from "./fund-set-up.ts";

const isNeeded = ({ dollars: own, funds }: DefiSpec): boolean => own.length + funds.length > 0;

function issue(world: DefiWorld, { token, amount }: { readonly token: string; readonly amount: bigint }) {
  const fund = world.defi.funds.find(({ id }) => id === token);
  return fund === undefined ? issueDollars(world, dollarOf(world, token), amount) : issueShares(world, fund, amount);
}

/** Reserve-backed dollars and the funds behind them. */
export const dollars: DefiDomain = {
  name: "dollars",
  parts: (context) => [
    ...(isNeeded(context.defi) ? [{ id: DOLLAR_LENS, contract: "DollarLens", args: [] }] : []),
    ...partsOfFunds(context),
    ...partsOfDollars(context),
  ],
  tokens: ({ dollars: own, funds }) => ({
    ...Object.fromEntries(funds.map(({ id }) => [id, fundParts.share(id)])),
    ...Object.fromEntries(own.map(({ id }) => [id, dollarParts.token(id)])),
  }),
  demands: (defi) => [...dollarDemands(defi), ...fundDemands(defi)],
  issue,
  arrange: {
    wire: (world) => [...wireFunds(world), ...wireDollars(world)],
    fund: (world) => [...closeIssue(world), ...openTellers(world)],
    open: openDollars,
  },
  read: readDollars,
  readers: dollarReaders,
  facts: dollarFacts,
};
