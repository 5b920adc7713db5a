import type { ChainBackend } from "../../chain/chain-backend.ts";
import { NO_DEFI, type DefiView } from "../../model/defi/defi.ts";
import type { LstView } from "../../model/view.ts";
import { worthOfTokens } from "../../model/defi/worth.ts";
import { contracts } from "../contracts.ts";
import type { Call } from "../stage-driver.ts";
import type { WorldContext } from "../world-context.ts";
import { defiWorld } from "./defi-world.ts";
import { domains } from "./registry.ts";

/** What a reading starts from. */
interface ReadingContext {
  readonly lst: LstView;
  readonly changed: ReadonlySet<string> | null;
  readonly before: DefiView | undefined;
}

/** Reads the DeFi layer between two blocks, domain by domain, and works out what each token is truly worth. */
export async function readDefi(backend: ChainBackend, at: WorldContext, context: ReadingContext): Promise<DefiView> {
  const world = defiWorld(at);
  if (world === null) return NO_DEFI;
  const ask = async (calls: readonly Call[]): Promise<readonly string[]> => {
    const questions = calls.map(({ target, data }) => [target, data]);
    const answer = await backend.call(world.at("lens"), contracts.lens.encode("ask", [questions]));
    return contracts.lens.decode("ask", answer)["answers"] as readonly string[];
  };
  let known: Partial<DefiView> = {};
  for (const domain of domains) known = { ...known, ...(await domain.read({ ...context, world, ask, known })) };
  const view = { ...NO_DEFI, ...known };
  const feed = world.defi.etherFeed === null ? undefined : view.feeds[world.defi.etherFeed];
  return worthOfTokens({ ...view, etherPrice: feed?.answer ?? 0n }, world.defi, context.lst.rate);
}
