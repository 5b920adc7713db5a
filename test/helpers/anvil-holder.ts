/** A process of its own that holds an anvil: says its id, and answers an interrupt with the chain's own id. */
import { createAnvilBackend } from "../../src/chain/anvil/anvil.ts";

const backend = await createAnvilBackend((pid) => {
  process.send?.({ anvil: pid });
});
process.on("SIGINT", () => {
  void backend.request("eth_chainId").then((id) => process.send?.({ answered: id }));
});
process.send?.({ ready: true });
