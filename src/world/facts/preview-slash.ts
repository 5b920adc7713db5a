import { SlashRefusedError } from "../../errors/slash-refused-error.ts";
import type { SlashedStrategy } from "../../model/fact.ts";
import type { Wad } from "../../units/units.ts";
import { setOf } from "../address-book.ts";
import { asText } from "../codec/prepared-contract.ts";
import { contracts } from "../contracts.ts";
import { setTuple } from "../actions/operator-actions.ts";
import type { Journal } from "../journal.ts";
import { readRevert } from "../revert-reader.ts";
import type { Call } from "../stage-driver.ts";
import type { RawState } from "../view/raw-state.ts";
import type { WorldContext } from "../world-context.ts";
import { strategyName } from "./fact-context.ts";
import { lossesIn, type Preview } from "./slash-fact.ts";

/** A slash that is only thought of. */
export interface PreviewOrder {
  readonly set: string;
  readonly operator: string;
  /** Fraction of the current allocation [WAD]. */
  readonly fraction: Wad;
  /** Default: all of the set's. */
  readonly strategies?: readonly string[];
}

interface PreviewContext {
  readonly world: WorldContext;
  readonly journal: Journal;
  readonly state: RawState;
  readonly ask: (call: Call) => Promise<string>;
}

/** Magnitude that the operator's allocation has now. */
function currentOf({ state }: PreviewContext, order: PreviewOrder, strategy: string): bigint {
  const set = state.sets.get(order.set);
  const at = set?.strategies.indexOf(strategy) ?? -1;
  return set?.members.get(order.operator)?.allocations[at]?.current ?? 0n;
}

/** Asks an actor to ask the slasher: an actor reports a refusal instead of failing the call. */
async function askSlasher(context: PreviewContext, data: string, operator: string): Promise<string> {
  const { world, ask } = context;
  const inspect = contracts.actor.encode("inspect", [world.at("slasher"), data]);
  const answer = contracts.actor.decode("inspect", await ask({ target: operator, data: inspect }));
  const returned = asText(answer["returned"]);
  if (answer["success"] === true) return returned;
  const nameOf = (address: string): string | null =>
    world.book.participants.name(address) ?? world.book.strategies.name(address);
  const { error, args } = await readRevert({ returned, gas: 0n }, 1n, nameOf);
  throw new SlashRefusedError(error, args);
}

/** Who would lose how much if an operator were slashed at the present state. */
export async function previewSlash(context: PreviewContext, order: PreviewOrder): Promise<readonly SlashedStrategy[]> {
  const { world } = context;
  const names = order.strategies ?? setOf(world.book, order.set).spec.strategies;
  const strategies = names.map((name) => world.book.strategies.address(name)).sort();
  const operator = world.book.participants.address(order.operator);
  const wads = strategies.map(() => order.fraction);
  const data = contracts.slasher.encode("previewSlash", [setTuple(world, order.set), operator, strategies, wads]);
  const answer = await askSlasher(context, data, operator);
  const preview = contracts.slasher.decode("previewSlash", answer)["0"] as unknown as Preview;
  return preview.totals
    .filter(({ slashedMagnitude }) => slashedMagnitude > 0n)
    .map(({ strategy, slashedMagnitude, previousMax, newMax, wadSlashed, fromOperator, fromQueue }) => {
      const before = currentOf(context, order, strategy);
      return {
        strategy: strategyName(world, strategy),
        wadSlashed,
        magnitude: { before, after: before - slashedMagnitude },
        maxMagnitude: { before: previousMax, after: newMax },
        operatorShares: fromOperator,
        queueShares: fromQueue,
        losses: lossesIn(context, preview, { strategy, operator }),
      };
    });
}
