import { setTimeout as after } from "node:timers/promises";
import { inspect } from "node:util";

import { expect } from "chai";

import { createAnvilBackend } from "../../src/chain/anvil/anvil.ts";
import type { ChainBackend } from "../../src/chain/chain-backend.ts";
import { createInProcessBackend } from "../../src/chain/in-process.ts";
import { run } from "../../src/engine/run.ts";
import { ChainError } from "../../src/errors/chain-error.ts";
import type { PlannedAction } from "../../src/model/action.ts";
import type { ClockMode } from "../../src/model/world-spec.ts";
import { toCanonicalJson } from "../../src/report/files/canonical-json.ts";
import { ether } from "../../src/units/amounts.ts";
import { blocks } from "../../src/units/durations.ts";
import { WAD } from "../../src/units/units.ts";
import { createWorld } from "../../src/world/create-world.ts";
import { hasAnvil } from "../helpers/anvil.ts";
import myScenario from "../helpers/my-scenario.ts";
import { isRunning } from "../helpers/processes.ts";
import { planned, smallWorld } from "../helpers/small-world.ts";

const SINK = "0x00000000000000000000000000000000000000aa";
/** Keeps the hashes of past blocks on chains that have not emptied it (EIP-2935). */
const BLOCK_HASHES = "0x0000F90827F1C53a10cb7A02335B175320002935";

/** What a few participants do, step by step: deposits, a withdrawal and its end, one action that reverts. */
const STEPS: readonly (readonly PlannedAction[])[] = [
  [planned("stakers-1", { type: "stakeEther", amount: ether(2) })],
  [planned("stakers-1", { type: "deposit", strategy: "lst", amount: ether(1) })],
  [planned("stakers-2", { type: "queueWithdrawal", strategy: "gold", depositShares: 3n * WAD })],
  [planned("stakers-3", { type: "deposit", strategy: "lst", amount: ether(9_999) })],
  [planned("operators-1", { type: "allocate", set: "oracle", strategy: "lst", magnitude: WAD / 4n })],
  [],
  [planned("stakers-2", { type: "completeWithdrawal", withdrawal: "stakers-2/w1", receive: "tokens" })],
];

/** All that a world shows and answers over the steps. */
async function historyOn(backend: ChainBackend, clock: ClockMode): Promise<string> {
  try {
    const world = await createWorld(smallWorld({ clock }), { backend });
    const history: unknown[] = [await world.read()];
    for (const [step, actions] of STEPS.entries()) {
      history.push(await world.perform({ time: BigInt(step + 1) * blocks(24), actions }), await world.read());
    }
    return inspect(history, { depth: null, maxArrayLength: null, maxStringLength: null });
  } finally {
    await backend.close();
  }
}

async function recordOn(backend: ChainBackend): Promise<string> {
  try {
    const make = async (spec: Parameters<typeof createWorld>[0]) => await createWorld(spec, { backend });
    return toCanonicalJson((await run(myScenario, { clock: "timestamp", createWorld: make })).record);
  } finally {
    await backend.close();
  }
}

/** Opens an anvil that is renewed after every so many blocks; `pids` grows with its processes. */
async function openRenewed(blocksPerProcess: number, onStart?: (pid: number, count: number) => void) {
  const pids: number[] = [];
  const backend = await createAnvilBackend(
    (pid) => {
      const count = pids.push(pid);
      onStart?.(pid, count);
    },
    { blocksPerProcess },
  );
  return { backend, pids };
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function send(backend: ChainBackend, value = 1n): Promise<bigint> {
  return (await backend.send({ to: SINK, data: "0x", gas: 21_000n, value })).blockNumber;
}

const ask = async (backend: ChainBackend, method: string, account: string): Promise<unknown> =>
  await backend.request(method, [account, "latest"]);

/** What runs of these processes; one that was killed may take a moment. */
async function running(pids: readonly number[]): Promise<readonly number[]> {
  let alive: readonly number[] = pids;
  for (let tries = 0; tries < 100 && alive.length > 0; tries += 1) {
    const answers = await Promise.all(alive.map(async (pid) => await isRunning(pid)));
    alive = alive.filter((_, at) => answers[at]);
    if (alive.length > 0) await after(50);
  }
  return alive;
}

(hasAnvil() ? describe : describe.skip)("an anvil that is renewed within a run", () => {
  for (const clock of ["timestamp", "blocknumber"] as const) {
    it(`shows what the chain in this process shows (clock: ${clock})`, async () => {
      const { backend, pids } = await openRenewed(2);
      const history = await historyOn(backend, clock);
      expect(history).to.equal(await historyOn(await createInProcessBackend(), clock));
      expect(history).to.include("'reverted'").and.to.include("'ok'");
      expect(pids).to.have.length.above(5);
      expect(await running(pids)).to.deep.equal([]);
    });
  }

  it("writes the record that the chain in this process writes", async () => {
    const { backend, pids } = await openRenewed(5);
    expect(await recordOn(backend)).to.equal(await recordOn(await createInProcessBackend()));
    expect(pids).to.have.length.above(5);
  });

  it("goes on where it stood: blocks, time, nonces, what was set and what was emptied", async () => {
    const { backend, pids } = await openRenewed(3);
    const never = await openRenewed(1_000);
    const { timestamp } = await backend.head();
    for (const chain of [backend, never.backend]) {
      await chain.setBalance(BLOCK_HASHES, 5n);
      for (let step = 1n; step <= 10n; step += 1n) {
        await chain.setNextTimestamp(timestamp + step * 1_000n);
        expect(await send(chain, step)).to.equal(step);
        expect((await chain.head()).timestamp).to.equal(timestamp + step * 1_000n);
      }
      await chain.mineTo(20n);
      expect((await chain.head()).timestamp).to.equal(timestamp + 10_000n + 120n);
      expect(BigInt((await ask(chain, "eth_getTransactionCount", chain.sender)) as string)).to.equal(10n);
      expect(BigInt((await ask(chain, "eth_getBalance", SINK)) as string)).to.equal(55n);
      expect(await ask(chain, "eth_getCode", BLOCK_HASHES)).to.equal("0x");
      expect(await rejection(chain.setNextTimestamp(timestamp + 9_000n))).to.be.instanceOf(ChainError);
    }
    expect([pids.length, never.pids.length]).to.deep.equal([5, 1]);
    const [one, other] = [await backend.snapshot(), await never.backend.snapshot()];
    expect([one.root, one.head.stateRoot]).to.deep.equal([other.root, other.head.stateRoot]);
    await backend.close();
    await never.backend.close();
  });

  it("remembers the transactions of its last blocks", async () => {
    const { backend, pids } = await openRenewed(2);
    const { hash } = await backend.send({ to: SINK, data: "0x", gas: 21_000n });
    await send(backend);
    await send(backend);
    expect(pids).to.have.length(2);
    expect(await backend.request("eth_getTransactionReceipt", [hash])).to.include({ blockNumber: "0x1" });
    await backend.close();
  });

  it("waits for open snapshots, and stays the same process once something lies outside the state", async () => {
    const { backend, pids } = await openRenewed(2);
    const snapshot = await backend.snapshot();
    for (let step = 0; step < 5; step += 1) await send(backend);
    expect(pids).to.have.length(1);
    const again = await backend.revert(snapshot);
    expect(again.root).to.equal(snapshot.root);
    await backend.request("evm_revert", [again.id]);
    for (let step = 0; step < 2; step += 1) await send(backend);
    expect(pids).to.have.length(2);
    await backend.request("anvil_impersonateAccount", [SINK]);
    for (let step = 0; step < 5; step += 1) await send(backend);
    expect(pids).to.have.length(2);
    await backend.close();
  });

  it("lets requests that come meanwhile wait", async () => {
    const { backend, pids } = await openRenewed(1);
    const sent = send(backend);
    while (pids.length < 2) await new Promise(setImmediate);
    await backend.setBalance(SINK, 9n);
    expect(await sent).to.equal(1n);
    expect(BigInt((await ask(backend, "eth_getBalance", SINK)) as string)).to.equal(9n);
    await backend.close();
  });

  for (const which of ["old", "new"] as const) {
    it(`ends with an error when the ${which} process dies meanwhile, and leaves none behind`, async () => {
      let first = 0;
      const { backend, pids } = await openRenewed(2, (pid, count) => {
        if (count === 1) first = pid;
        else process.kill(which === "old" ? first : pid, "SIGKILL");
      });
      await send(backend);
      for (const failure of [await rejection(send(backend)), await rejection(backend.head())]) {
        expect(failure).to.be.instanceOf(ChainError);
        expect(String(failure)).to.match(/the process ended \(SIGKILL\)/);
      }
      await backend.close();
      expect(await running(pids)).to.deep.equal([]);
    });
  }

  it("leaves none behind when it is closed meanwhile", async () => {
    const { backend, pids } = await openRenewed(1);
    const sent = rejection(send(backend));
    while (pids.length < 2) await new Promise(setImmediate);
    await backend.close();
    expect(await sent).to.be.instanceOf(ChainError);
    expect(await running(pids)).to.deep.equal([]);
  });
});
