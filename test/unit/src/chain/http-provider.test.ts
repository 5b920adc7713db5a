import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";

import { expect } from "chai";

import { HttpProvider } from "../../../../src/chain/http-provider.ts";
import { ChainError } from "../../../../src/errors/chain-error.ts";

/** A node that answers every request alike, or never. */
async function withNode(answer: string | null, use: (url: string) => Promise<void>): Promise<void> {
  const sockets = new Set<Socket>();
  const server = createServer((_, response) => {
    if (answer !== null) response.end(answer);
  });
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

async function failureOf(url: string): Promise<unknown> {
  return await new HttpProvider(url, 200).request({ method: "eth_chainId" }).catch((error: unknown) => error);
}

describe("a node over HTTP", () => {
  it("gives its answer", async () => {
    await withNode('{"result":"0x1"}', async (url) => {
      expect(await new HttpProvider(url).request({ method: "eth_chainId" })).to.equal("0x1");
    });
  });

  it("that refuses is an error with its reason", async () => {
    await withNode('{"error":{"code":-32000,"message":"not today"}}', async (url) => {
      expect(await failureOf(url))
        .to.be.instanceOf(ChainError)
        .with.property("message")
        .that.matches(/not today/);
    });
  });

  it("that takes a request and never answers is an error, not a hang", async () => {
    await withNode(null, async (url) => {
      expect(await failureOf(url))
        .to.be.instanceOf(ChainError)
        .with.property("message")
        .that.matches(/eth_chainId: no answer came within 0.2 s/);
    });
  });
});
