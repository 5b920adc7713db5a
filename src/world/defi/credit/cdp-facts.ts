import type { CreditFact } from "../../../model/defi/credit.ts";
import type { DecodedEvent } from "../../codec/prepared-contract.ts";
import { nameOf, type FactContext } from "../../facts/fact-context.ts";
import type { DefiWorld } from "../domain.ts";
import { branchPart, registryPart, stabilityPart } from "./credit-contracts.ts";

type Context = FactContext & { readonly world: DefiWorld };

interface Place {
  readonly cdp: string;
  readonly branch: string;
}

interface Split {
  readonly offsetDebt: bigint;
  readonly poolCollateral: bigint;
  readonly redistributedDebt: bigint;
  readonly redistributedCollateral: bigint;
  readonly gasCollateral: bigint;
  readonly surplus: bigint;
}

/** Every branch of the world, by its contract's address or its stability pool's. */
function branchAt(world: DefiWorld, address: string): Place | undefined {
  const all = world.defi.cdps.flatMap(({ id: cdp, branches }) => branches.map(({ id: branch }) => ({ cdp, branch })));
  return all.find(({ cdp, branch }) => {
    return [branchPart, stabilityPart].some((part) => world.at(part(cdp, branch)) === address);
  });
}

/** Owner of the trove that an event is about; another event of the same action names it. */
function ownerOf({ world, events }: Pick<Context, "world" | "events">, { address, args }: DecodedEvent): string {
  const updated = events.find((one) => {
    return one.name === "TroveUpdated" && one.address === address && one.args["id"] === args["id"];
  });
  return nameOf(world, updated?.args["owner"]);
}

function minted(place: Place, args: DecodedEvent["args"]): CreditFact {
  const [toPool, toTreasury] = [args["poolYield"] as bigint, args["treasuryYield"] as bigint];
  return { kind: "interestMinted", ...place, toPool, toTreasury };
}

function charged(context: Pick<Context, "world" | "events">, place: Place, event: DecodedEvent): CreditFact {
  return { kind: "upfrontFee", ...place, owner: ownerOf(context, event), fee: event.args["fee"] as bigint };
}

/** A trove's part of a redemption. */
function redeemedFact(context: Pick<Context, "world" | "events">, place: Place, event: DecodedEvent): CreditFact {
  const { args } = event;
  return {
    kind: "troveRedeemed",
    ...place,
    owner: ownerOf(context, event),
    who: nameOf(context.world, args["redeemer"]),
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
  if (name === "DepositUpdated") {
    return [{ kind: "depositMoved", ...place, who: nameOf(world, args["depositor"]), left: args["amount"] as bigint }];
  }
  if (name === "InterestMinted") return [minted(place, args)];
  if (name === "UpfrontFeeCharged") return [charged({ world, events }, place, event)];
  if (name === "BranchShutDown") return [{ kind: "branchShut", ...place, at: world.clock.time(journal.clock) }];
  if (name === "TroveRedeemed") return [redeemedFact({ world, events }, place, event)];
  if (name !== "TroveLiquidated") return [];
  const split = args["split"] as unknown as Split;
  return [
    {
      kind: "troveLiquidated",
      ...place,
      owner: nameOf(world, args["owner"]),
      liquidator: nameOf(world, args["liquidator"]),
      debtOffset: split.offsetDebt,
      debtRedistributed: split.redistributedDebt,
      collateralToPool: split.poolCollateral,
      collateralRedistributed: split.redistributedCollateral,
      gasCollateral: split.gasCollateral,
      surplus: split.surplus,
    },
  ];
}
