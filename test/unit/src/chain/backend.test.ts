import { expect } from "chai";

import { createAnvilBackend } from "../../../../src/chain/anvil/anvil.ts";
import type { ChainBackend, Eip1193Provider } from "../../../../src/chain/chain-backend.ts";
import { createEip1193Backend } from "../../../../src/chain/eip1193-backend.ts";
import { createInProcessBackend } from "../../../../src/chain/in-process.ts";
import { hardhatDialect } from "../../../../src/chain/rpc-dialect.ts";
import { ChainError } from "../../../../src/errors/chain-error.ts";
import { hasAnvil } from "../../../helpers/anvil.ts";

const SINK = "0x00000000000000000000000000000000000000aa";

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** A second provider that is not Hardhat's object: it relays, and remembers the methods it was asked. */
async function relayed(): Promise<{ backend: ChainBackend; methods: string[]; inner: ChainBackend }> {
  const inner = await createInProcessBackend();
  const methods: string[] = [];
  const provider: Eip1193Provider = {
    request: async (call) => {
      methods.push(call.method);
      return await inner.provider.request(call);
    },
  };
  const backend = await createEip1193Backend(provider, {
    dialect: hardhatDialect,
    close: async () => await inner.close(),
  });
  return { backend, methods, inner };
}

/** Two weeks of blocks. */
const LONG = 100_800n;

const variants: Record<string, () => Promise<ChainBackend>> = {
  "in-process": createInProcessBackend,
  ...(hasAnvil() ? { anvil: createAnvilBackend } : {}),
  "relayed provider": async () => (await relayed()).backend,
};

for (const [name, open] of Object.entries(variants)) {
  describe(`ChainBackend (${name})`, function () {
    let backend: ChainBackend;

    beforeEach(async function () {
      backend = await open();
    });

    afterEach(async function () {
      await backend.close();
    });

    it("begins at the same instant on every machine", async function () {
      const { number, timestamp } = await backend.head();
      expect([number, timestamp]).to.deep.equal([0n, BigInt(Date.parse("2025-02-01T00:00:00Z") / 1000)]);
    });

    it("mines a block per transaction and returns its receipt", async function () {
      const receipt = await backend.send({ to: SINK, data: "0x", gas: 21_000n, value: 5n });
      expect([receipt.blockNumber, receipt.gasUsed, receipt.logs.length]).to.deep.equal([1n, 21_000n, 0]);
      expect(BigInt((await backend.request("eth_getBalance", [SINK, "latest"])) as string)).to.equal(5n);
    });

    it("mines to a block, twelve seconds each", async function () {
      const before = await backend.head();
      for (const block of [1n, 2n, 17n, 18n, 40n, LONG, LONG]) {
        await backend.mineTo(block);
        const { number, timestamp } = await backend.head();
        expect([number, timestamp - before.timestamp]).to.deep.equal([block, block * 12n]);
      }
    });

    it("keeps state, nonces and snapshots over many empty blocks", async function () {
      const pay = async (): Promise<bigint> =>
        (await backend.send({ to: SINK, data: "0x", gas: 21_000n, value: 5n })).blockNumber;
      const paid = async (): Promise<bigint> =>
        BigInt((await backend.request("eth_getBalance", [SINK, "latest"])) as string);
      await pay();
      const snapshot = await backend.snapshot();
      for (const round of [1n, 2n]) {
        await backend.mineTo(LONG * round);
        expect([await pay(), await paid()]).to.deep.equal([LONG * round + 1n, 5n + 5n * round]);
      }
      expect((await backend.revert(snapshot)).head).to.deep.equal(snapshot.head);
      expect([await paid(), await pay(), await paid()]).to.deep.equal([5n, 2n, 10n]);
    });

    it("gives the next block the timestamp asked for", async function () {
      const { timestamp } = await backend.head();
      await backend.setNextTimestamp(timestamp + 1_209_600n);
      await backend.send({ to: SINK, data: "0x", gas: 21_000n });
      const head = await backend.head();
      expect([head.number, head.timestamp]).to.deep.equal([1n, timestamp + 1_209_600n]);
    });

    it("returns to a snapshot again and again", async function () {
      let snapshot = await backend.snapshot();
      for (const value of [3n, 4n]) {
        await backend.send({ to: SINK, data: "0x", gas: 21_000n, value });
        expect(BigInt((await backend.request("eth_getBalance", [SINK, "latest"])) as string)).to.equal(value);
        snapshot = await backend.revert(snapshot);
        expect(await backend.head()).to.deep.equal(snapshot.head);
      }
    });

    it("throws when a snapshot is used twice", async function () {
      const snapshot = await backend.snapshot();
      await backend.revert(snapshot);
      expect(await rejection(backend.revert(snapshot))).to.be.instanceOf(ChainError);
    });

    it("throws when the state that comes back is another", async function () {
      const snapshot = await backend.snapshot();
      const forged = { ...snapshot, root: "0x00" };
      expect(await rejection(backend.revert(forged))).to.be.instanceOf(ChainError);
    });

    it("tells a snapshot by what was set since the newest block", async function () {
      const before = await backend.snapshot();
      await backend.setBalance(SINK, 7n);
      const after = await backend.snapshot();
      expect(after.head).to.deep.equal(before.head);
      expect(after.root).to.not.equal(before.root);
      expect((await backend.revert(before)).root).to.equal(before.root);
    });

    it("returns to a snapshot far behind, to the state that it was", async function () {
      await backend.setBalance(SINK, 7n);
      const snapshot = await backend.snapshot();
      for (let value = 1n; value <= 100n; value += 1n) {
        await backend.send({ to: SINK, data: "0x", gas: 21_000n, value });
      }
      await backend.revert(snapshot);
      expect(BigInt((await backend.request("eth_getBalance", [SINK, "latest"])) as string)).to.equal(7n);
    });

    it("throws when asked to mine into the past", async function () {
      await backend.mineTo(5n);
      expect(await rejection(backend.mineTo(4n))).to.be.instanceOf(ChainError);
    });

    it("throws with the operation when the chain refuses", async function () {
      // Anvil says nothing of a transaction that its pool takes and no block can: it lets 30 seconds pass first.
      if (name !== "anvil") {
        const error = await rejection(backend.send({ to: SINK, data: "0x", gas: 20_000n }));
        expect(error).to.be.instanceOf(ChainError);
        expect((error as ChainError).details["operation"]).to.match(/^eth_sendTransaction/);
      }
      expect(await rejection(backend.request("no_such_method"))).to.be.instanceOf(ChainError);
    });
  });
}

describe("createEip1193Backend", function () {
  it("asks no method of one chain alone besides its dialect's", async function () {
    const { backend, methods } = await relayed();
    await backend.send({ to: SINK, data: "0x", gas: 21_000n });
    await backend.revert(await backend.snapshot());
    await backend.mineTo(10n);
    await backend.call(SINK, "0x");
    await backend.close();
    const own = methods.filter((method) => !method.startsWith("eth_") && !method.startsWith("evm_"));
    expect(new Set(own)).to.deep.equal(new Set(["hardhat_setBalance", "hardhat_mine"]));
  });

  it("asks for a snapshot's state before the chain drops it", async function () {
    const { backend, methods } = await relayed();
    await backend.snapshot();
    const before = methods.length;
    for (let sends = 0; sends < 100; sends += 1) await backend.send({ to: SINK, data: "0x", gas: 21_000n });
    expect(methods.slice(before).filter((method) => method === "eth_getBalance")).to.have.length.above(3);
    await backend.close();
  });

  it("throws when the provider has no account or fails", async function () {
    const without: Eip1193Provider = { request: async () => await Promise.resolve([]) };
    const broken: Eip1193Provider = { request: async () => await Promise.reject(new Error("connection refused")) };
    for (const provider of [without, broken]) {
      expect(await rejection(createEip1193Backend(provider, { dialect: hardhatDialect }))).to.be.instanceOf(ChainError);
    }
  });

  it("throws when a transaction is not mined at once or an answer is malformed", async function () {
    const answers: Record<string, unknown> = { eth_sendTransaction: "0x01", eth_getTransactionReceipt: null };
    const lazy: Eip1193Provider = { request: async ({ method }) => await Promise.resolve(answers[method] ?? null) };
    const backend = await createEip1193Backend(lazy, { dialect: hardhatDialect, sender: SINK });
    expect(await rejection(backend.send({ to: SINK, data: "0x", gas: 21_000n }))).to.be.instanceOf(ChainError);
    expect(await rejection(backend.head())).to.be.instanceOf(ChainError);
    expect(await rejection(backend.call(SINK, "0x"))).to.be.instanceOf(ChainError);
    expect(await rejection(backend.snapshot())).to.be.instanceOf(ChainError);
  });
});
