import type { FundAction } from "../../../model/defi/dollars.ts";
import type { Call } from "../../stage-driver.ts";
import { transferCall } from "../tokens/tokens.ts";
import type { DefiWorld, DomainPreparers } from "../domain.ts";
import { allowCall, dollarCoders as coders, fundOf, fundParts } from "./dollar-contracts.ts";
import { accountsOf } from "./fund-set-up.ts";

const NAV_ONE = 1_000_000n;

const tellerAt = (world: DefiWorld, fund: string): string => world.at(fundParts.teller(fundOf(world, fund).id));
const shareAt = (world: DefiWorld, fund: string): string => world.at(fundParts.share(fundOf(world, fund).id));

/** What the fund's investments paid since the last value: its issuer makes it where the money is from outside. */
function couponCalls(world: DefiWorld, id: string, order: { readonly gain: bigint; readonly from: string }): Call[] {
  const { settlement } = fundOf(world, id);
  const isOutside = world.defi.tokens.some((token) => token.id === settlement && token.kind === "external");
  if (order.gain <= 0n || !isOutside) return [];
  const mint = coders.token.encode("mint", [order.from, order.gain]);
  const target = world.token(settlement);
  return [
    { target, data: mint },
    transferCall(world, { token: settlement, to: tellerAt(world, id), amount: order.gain }),
  ];
}

/** What participants and the fund's reporter can want of a fund. */
export const fundPreparers: DomainPreparers<FundAction["type"]> = {
  fundSubscribe: ({ world, actor }, { fund, amount }) => {
    const target = tellerAt(world, fund);
    const ask = { target, data: coders.teller.encode("requestDeposit", [amount, actor, actor]) };
    return { calls: [allowCall(world.token(fundOf(world, fund).settlement), target, amount), ask] };
  },
  fundRedeem: ({ world, actor }, { fund, shares, instant = false }) => ({
    calls: [
      {
        target: tellerAt(world, fund),
        data: instant
          ? coders.teller.encode("redeemInstantly", [shares, actor])
          : coders.teller.encode("requestRedeem", [shares, actor, actor]),
      },
    ],
  }),
  fundClaim: ({ world, actor }, { fund, order }) => ({
    calls: [{ target: tellerAt(world, fund), data: coders.teller.encode("claim", [order, actor]) }],
  }),
  fundStrike: ({ world, state, actor }, { fund, nav }) => {
    const { nav: before = nav, supply = 0n } = state.defi.funds[fund] ?? {};
    const gain = ((nav - before) * supply + NAV_ONE - 1n) / NAV_ONE;
    const strike = { target: tellerAt(world, fund), data: coders.teller.encode("strike", [nav]) };
    return { calls: [strike, ...couponCalls(world, fund, { gain, from: actor })] };
  },
  fundAllow: ({ world }, { fund, holder, allowed }) => ({
    calls: accountsOf(world, holder).map((account) => {
      return { target: shareAt(world, fund), data: coders.share.encode("setAllowed", [account, allowed]) };
    }),
  }),
  fundHalt: ({ world }, { fund, halted }) => ({
    calls: [{ target: shareAt(world, fund), data: coders.share.encode("setHalted", [halted]) }],
  }),
};
