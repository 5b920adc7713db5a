import { gunzipSync } from "node:zlib";

import { expect } from "chai";

import { skipping } from "../../../../../src/chain/anvil/skip-blocks.ts";
import { ChainError } from "../../../../../src/errors/chain-error.ts";

const ZERO = `0x${"00".repeat(32)}`;
const head = {
  ...{ hash: `0x${"11".repeat(32)}`, number: "0x5", timestamp: "0x64", stateRoot: `0x${"22".repeat(32)}` },
  ...{ sha3Uncles: ZERO, miner: `0x${"00".repeat(20)}`, transactionsRoot: ZERO, receiptsRoot: ZERO, logsBloom: "0x" },
  ...{ difficulty: "0x0", gasLimit: "0x6fc23ac00", gasUsed: "0x0", extraData: "0x", mixHash: ZERO },
  ...{ nonce: "0x0000000000000000", baseFeePerGas: "0x0", withdrawalsRoot: ZERO, blobGasUsed: "0x0" },
  ...{ excessBlobGas: "0x0", parentBeaconBlockRoot: ZERO, requestsHash: ZERO },
};

describe("skipping blocks on anvil", () => {
  it("loads an empty block upon the newest one, with its state and none of its own", () => {
    const { method, params } = skipping.request(head, { number: 3_604n, timestamp: 43_288n });
    const bytes = Buffer.from(String(params[0]).slice(2), "hex");
    const state = JSON.parse(gunzipSync(bytes).toString("utf8")) as {
      readonly accounts: object;
      readonly best_block_number: number;
      readonly block: Readonly<Record<string, unknown>>;
      readonly blocks: readonly { readonly header: Readonly<Record<string, string>> }[];
    };
    expect(method).to.equal("anvil_loadState");
    expect([state.accounts, state.best_block_number]).to.deep.equal([{}, 3_604]);
    expect(state.block).to.include({ number: "0xe14", timestamp: "0xa918", gas_limit: 30_000_000_000 });
    const [block, ...others] = state.blocks;
    expect(others).to.deep.equal([]);
    expect(block?.header).to.include({ number: "0xe14", timestamp: "0xa918", parentHash: head.hash });
    expect(block?.header).to.include({ stateRoot: head.stateRoot }).and.not.have.property("hash");
  });

  it("refuses an answer that is no block of anvil's", () => {
    const { mixHash, ...rest } = head;
    expect(mixHash).to.equal(ZERO);
    expect(() => skipping.request(rest, { number: 9n, timestamp: 9n })).to.throw(ChainError, "mixHash");
  });
});
