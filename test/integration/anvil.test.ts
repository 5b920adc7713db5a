import { expect } from "chai";

import withdrawalRace from "../../scenarios/withdrawal-race.ts";
import { createAnvilBackend } from "../../src/chain/anvil/anvil.ts";
import { openChain } from "../../src/chain/open-chain.ts";
import { run } from "../../src/engine/run.ts";
import { ChainError } from "../../src/errors/chain-error.ts";
import { toCanonicalJson } from "../../src/report/files/canonical-json.ts";
import { createWorld } from "../../src/world/create-world.ts";
import { hasAnvil } from "../helpers/anvil.ts";

async function recordOn(chain: "in-process" | "anvil", seed: number): Promise<string> {
  const backend = await openChain(chain);
  try {
    const make = async (spec: Parameters<typeof createWorld>[0]) => await createWorld(spec, { backend });
    const { record } = await run(withdrawalRace, { seed, steps: 8, clock: "timestamp", createWorld: make });
    return toCanonicalJson(record);
  } finally {
    await backend.close();
  }
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

(hasAnvil() ? describe : describe.skip)("a run on anvil", () => {
  for (const seed of [1, 2]) {
    it(`writes the bytes that the chain in this process writes (seed ${seed})`, async () => {
      expect(await recordOn("anvil", seed)).to.equal(await recordOn("in-process", seed));
    });
  }

  it("ends with an error that quotes the log when the process is killed", async () => {
    let pid = 0;
    const backend = await createAnvilBackend((one) => {
      pid = one;
    });
    const underWay = rejection(backend.request("anvil_mine", ["0xffff", "0xc"]));
    process.kill(pid, "SIGKILL");
    for (const failure of [await underWay, await rejection(backend.request("eth_chainId"))]) {
      expect(failure).to.be.instanceOf(ChainError);
      expect(String(failure)).to.match(/the process ended \(SIGKILL\)/);
    }
    await backend.close();
  });
});
