import { expect } from "chai";

import { watchSending } from "../../../../src/chain/watch-sending.ts";
import { ChainError } from "../../../../src/errors/chain-error.ts";

/** A chain that says how its pool stands, and refuses reads with a reason where it has one. */
function chainOf(pending: () => string, refusal?: string) {
  const asked: string[] = [];
  const request = async (method: string): Promise<unknown> => {
    asked.push(method);
    if (method === "eth_getBlockByNumber") return await Promise.resolve({ gasLimit: "0x64" });
    if (method === "txpool_status") return { pending: pending(), queued: "0x0" };
    if (refusal === undefined) return "0x";
    throw new ChainError(method, refusal, new Error(refusal));
  };
  return { asked, request };
}

const never = new Promise<string>(() => undefined);

describe("watchSending", () => {
  it("returns an answer that comes at once, and asks nothing", async () => {
    const { asked, request } = chainOf(() => "0x0");
    expect(await watchSending(Promise.resolve("receipt"), request, { gas: "0x10" })).to.equal("receipt");
    expect(asked).to.deep.equal([]);
  });

  it("passes on what the chain refuses", async () => {
    const { request } = chainOf(() => "0x0");
    const refused = Promise.reject(new ChainError("eth_sendTransactionSync", "no"));
    expect(await watchSending(refused, request, { gas: "0x10" }).catch(String)).to.match(/no/);
  });

  it("says why a transaction that was thrown away could not be", async () => {
    const { request } = chainOf(() => "0x0", "Insufficient funds");
    expect(await watchSending(never, request, { gas: "0x10" }).catch(String)).to.match(
      /the transaction entered no block: Insufficient funds/,
    );
  });

  it("says that no block has room for a transaction", async () => {
    const { request } = chainOf(() => "0x1");
    expect(await watchSending(never, request, { gas: "0x65" }).catch(String)).to.match(/101 gas are more than .* 100/);
  });

  it("waits as long as the pool holds the transaction", async () => {
    let looks = 0;
    const { request } = chainOf(() => (++looks, "0x1"));
    const answer = new Promise<string>((resolve) => {
      const ask = setInterval(() => {
        if (looks < 4) return;
        clearInterval(ask);
        resolve("receipt");
      }, 20);
    });
    expect(await watchSending(answer, request, { gas: "0x10" })).to.equal("receipt");
  });

  it("does not take an answer that is on its way for one that never comes", async () => {
    let looks = 0;
    const { request } = chainOf(() => (++looks === 2 ? "0x1" : "0x0"));
    const answer = new Promise<string>((resolve) => {
      const ask = setInterval(() => {
        if (looks < 3) return;
        clearInterval(ask);
        resolve("receipt");
      }, 20);
    });
    expect(await watchSending(answer, request, { gas: "0x10" })).to.equal("receipt");
  });
});
