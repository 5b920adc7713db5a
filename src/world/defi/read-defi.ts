import type { ChainBackend } from "../../chain/chain-backend.ts";
import { NO_DEFI, type DefiView } from "../../model/defi/defi.ts";
import type { LstView } from "../../model/view.ts";
import { worthOfTokens } from "../../model/defi/worth.ts";
import { contracts } from "../contracts.ts";
import type { Call } from "../stage-driver.ts";
import type { WorldContext } from "../world-context.ts";
import { defiWorld } from "./defi-world.ts";
import type { DefiReading } from "./domain.ts";
import { domains } from "./registry.ts";

/** What a reading starts from. */
interface ReadingContext {
  readonly lst: LstView;
  readonly changed: ReadonlySet<string> | null;
  readonly before: DefiView | undefined;
}

type Ask = DefiReading["ask"];

/** Gathers what is asked until everybody who can has asked, and asks it all at once. */
function gathering(ask: Ask): Ask {
  let waiting: { readonly calls: Call[]; readonly answers: Promise<readonly string[]> } | undefined;
  return async (calls) => {
    if (waiting === undefined) {
      const gathered: Call[] = [];
      const answers = Promise.resolve().then(async () => {
        waiting = undefined;
        return await ask(gathered);
      });
      waiting = { calls: gathered, answers };
    }
    const { calls: all, answers } = waiting;
    const from = all.length;
    all.push(...calls);
    return (await answers).slice(from, from + calls.length);
  };
}

/** What was known, and what came to it. */
async function andThen(
  known: Promise<Partial<DefiView>>,
  more: Promise<Partial<DefiView>>,
): Promise<Partial<DefiView>> {
  const [before, after] = await Promise.all([known, more]);
  return { ...before, ...after };
}

/** Reads the DeFi layer between two blocks, and works out what each token is truly worth. */
export async function readDefi(backend: ChainBackend, at: WorldContext, context: ReadingContext): Promise<DefiView> {
  const world = defiWorld(at);
  if (world === null) return NO_DEFI;
  const ask = gathering(async (calls) => {
    const questions = calls.map(({ target, data }) => [target, data]);
    const answer = await backend.call(world.at("lens"), contracts.lens.encode("ask", [questions]));
    return contracts.lens.decode("ask", answer)["answers"] as readonly string[];
  });
  let known: Promise<Partial<DefiView>> = Promise.resolve({});
  for (const domain of domains) known = andThen(known, domain.read({ ...context, world, ask, known }));
  const view = { ...NO_DEFI, ...(await known) };
  const feed = world.defi.etherFeed === null ? undefined : view.feeds[world.defi.etherFeed];
  return worthOfTokens({ ...view, etherPrice: feed?.answer ?? 0n }, world.defi, context.lst.rate);
}
