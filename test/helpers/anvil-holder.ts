/**
 * A process of its own that holds an anvil: says its id, and answers an interrupt with the chain's own id.
 *
 * Only where it is started to hold one: the test runner loads whatever lies below `test/`.
 */
import { createAnvilBackend } from "../../src/chain/anvil/anvil.ts";

/** Argument of a process that is to hold an anvil. */
export const HOLD = "hold-an-anvil";

async function hold(): Promise<void> {
  const backend = await createAnvilBackend((pid) => {
    process.send?.({ anvil: pid });
  });
  process.on("SIGINT", () => {
    void backend.request("eth_chainId").then((id) => process.send?.({ answered: id }));
  });
  process.send?.({ ready: true });
}

if (process.argv.includes(HOLD)) await hold();
