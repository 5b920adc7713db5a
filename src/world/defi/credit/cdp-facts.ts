import type { CreditFact } from "../../../model/defi/credit.ts";
import type { DecodedEvent } from "../../codec/prepared-contract.ts";
import { nameOf, type FactContext } from "../../facts/fact-context.ts";
import type { DefiWorld } from "../domain.ts";
import { branchPart, registryPart } from "./credit-contracts.ts";

type Context = FactContext & { readonly world: DefiWorld };

interface Split {
  readonly offsetDebt: bigint;
  readonly poolCollateral: bigint;
  readonly redistributedDebt: bigint;
  readonly redistributedCollateral: bigint;
  readonly surplus: bigint;
}

/** Every branch of the world, by its contract's address. */
function branchAt(world: DefiWorld, address: string): { readonly cdp: string; readonly branch: string } | undefined {
  const all = world.defi.cdps.flatMap(({ id: cdp, branches }) => branches.map(({ id: branch }) => ({ cdp, branch })));
  return all.find(({ cdp, branch }) => world.at(branchPart(cdp, branch)) === address);
}

/** A trove's part of a redemption; the event that follows on it names its owner. */
function redeemedFact(
  { world, events }: Pick<Context, "world" | "events">,
  place: { readonly cdp: string; readonly branch: string },
  { address, args }: DecodedEvent,
): CreditFact {
  const updated = events.find((one) => {
    return one.name === "TroveUpdated" && one.address === address && one.args["id"] === args["id"];
  });
  return {
    kind: "troveRedeemed",
    ...place,
    owner: nameOf(world, updated?.args["owner"]),
    who: nameOf(world, args["redeemer"]),
    debt: args["debt"] as bigint,
    collateral: args["collateral"] as bigint,
    urgent: args["isUrgent"] as boolean,
  };
}

/** Facts that an event of a branch or of a registry tells. */
export function cdpFacts({ world, journal, events }: Context, event: DecodedEvent): readonly CreditFact[] {
  const { args, name } = event;
  if (name === "Redeemed") {
    const cdp = world.defi.cdps.find(({ id }) => world.at(registryPart(id)) === event.address);
    if (cdp === undefined) return [];
    const who = nameOf(world, args["redeemer"]);
    return [{ kind: "redeemedSynthetic", cdp: cdp.id, who, amount: args["redeemed"] as bigint }];
  }
  const place = branchAt(world, event.address);
  if (place === undefined) return [];
  if (name === "BranchShutDown") return [{ kind: "branchShut", ...place, at: world.clock.time(journal.clock) }];
  if (name === "TroveRedeemed") return [redeemedFact({ world, events }, place, event)];
  if (name !== "TroveLiquidated") return [];
  const split = args["split"] as unknown as Split;
  return [
    {
      kind: "troveLiquidated",
      ...place,
      owner: nameOf(world, args["owner"]),
      debtOffset: split.offsetDebt,
      debtRedistributed: split.redistributedDebt,
      collateralToPool: split.poolCollateral,
      collateralRedistributed: split.redistributedCollateral,
      surplus: split.surplus,
    },
  ];
}
