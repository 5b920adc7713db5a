import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as after } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { expect } from "chai";

import withdrawalRace from "../../scenarios/withdrawal-race.ts";
import { createAnvilBackend } from "../../src/chain/anvil/anvil.ts";
import { openChain } from "../../src/chain/open-chain.ts";
import { run } from "../../src/engine/run.ts";
import { ChainError } from "../../src/errors/chain-error.ts";
import { toCanonicalJson } from "../../src/report/files/canonical-json.ts";
import { createWorld } from "../../src/world/create-world.ts";
import { HOLD } from "../helpers/anvil-holder.ts";
import { hasAnvil } from "../helpers/anvil.ts";
import { isRunning } from "../helpers/processes.ts";

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

/** A process in a group of its own, as a terminal's foreground, that holds an anvil; and that anvil's id. */
async function startHolder(): Promise<{ readonly holder: ChildProcess; readonly anvil: number }> {
  const file = fileURLToPath(new URL("../helpers/anvil-holder.ts", import.meta.url));
  const holder = fork(file, [HOLD], { detached: true });
  const [{ anvil }] = (await once(holder, "message")) as [{ anvil: number }];
  await once(holder, "message");
  return { holder, anvil };
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

  it("says at once why a transaction can enter no block, where anvil would be silent for half a minute", async () => {
    const lost: readonly (readonly [object, RegExp])[] = [
      [{ gas: 21_000n, value: 1n << 200n }, /entered no block: .*funds/i],
      [{ gas: 100n }, /entered no block: .*gas/i],
      [{ gas: 31_000_000_000n }, /31000000000 gas are more than a block's 30000000000/],
    ];
    const backend = await createAnvilBackend();
    try {
      for (const [what, reason] of lost) {
        const sent = backend.send({ to: backend.sender, data: "0x", gas: 21_000n, ...what });
        const answer = await Promise.race([rejection(sent), after(20_000, "silence")]);
        expect(answer).to.be.instanceOf(ChainError);
        expect(String(answer)).to.match(reason);
      }
    } finally {
      await backend.close();
    }
  });

  it("leaves no anvil behind when whoever holds it is killed", async () => {
    const { holder, anvil } = await startHolder();
    expect(await isRunning(anvil)).to.equal(true);
    holder.kill("SIGKILL");
    await once(holder, "exit");
    for (let tries = 0; tries < 100 && (await isRunning(anvil)); tries += 1) await after(50);
    expect(await isRunning(anvil)).to.equal(false);
  });

  it("is not ended by a terminal's interrupt, which whoever holds it may outlive", async () => {
    const { holder, anvil } = await startHolder();
    process.kill(-(holder.pid ?? 0), "SIGINT");
    const [{ answered }] = (await once(holder, "message")) as [{ answered: string }];
    expect(answered).to.match(/^0x/);
    expect(await isRunning(anvil)).to.equal(true);
    holder.kill("SIGKILL");
  });
});
