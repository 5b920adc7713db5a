import { expect } from "chai";

import type { DefiSpec } from "../../src/model/defi/defi.ts";
import { createWorld } from "../../src/world/create-world.ts";
import { ether } from "../../src/units/amounts.ts";
import { WAD } from "../../src/units/units.ts";
import { emptyDefi } from "../helpers/defi-world.ts";
import { planned, smallWorld } from "../helpers/small-world.ts";

const defi: DefiSpec = {
  ...emptyDefi,
  tokens: [
    { id: "weth", kind: "wrappedEther" },
    { id: "wlst", kind: "wrappedLst" },
    { id: "usdc", kind: "external", decimals: 6, worth: { in: "ether", value: WAD / 2_000n } },
  ],
  balances: { "stakers-1": { weth: ether(3), usdc: 500_000_000n }, "stakers-2": { wlst: ether(2) } },
};

describe("tokens of the DeFi layer", () => {
  it("are made and handed out before the run begins", async () => {
    const world = await createWorld(smallWorld({ defi }));
    const { defi: view } = await world.read();

    expect(view.balances["stakers-1"]).to.deep.equal({ weth: ether(3), usdc: 500_000_000n });
    expect(view.balances["stakers-2"]?.["wlst"]).to.equal(ether(2));
    expect(view.tokens["usdc"]).to.deep.equal({ decimals: 6, supply: 500_000_000n, worth: WAD / 2_000n });
    expect(view.tokens["weth"]).to.deep.equal({ decimals: 18, supply: ether(3), worth: WAD });
  });

  it("move between wallets, wrap and unwrap, and say so", async () => {
    const world = await createWorld(smallWorld({ defi }));
    const [moved, wrapped, unwrapped, refused] = await world.perform({
      time: 12n,
      actions: [
        planned("stakers-1", { type: "transferToken", token: "weth", to: "stakers-3", amount: ether(1) }),
        planned("stakers-2", { type: "wrapEther", token: "weth", amount: ether(4) }),
        planned("stakers-2", { type: "unwrapEther", token: "weth", amount: ether(1) }),
        planned("stakers-3", { type: "transferToken", token: "usdc", to: "stakers-1", amount: 1n }),
      ],
    });

    expect(moved?.facts).to.deep.equal([
      { kind: "tokenTransferred", token: "weth", from: "stakers-1", to: "stakers-3", amount: ether(1) },
    ]);
    expect(wrapped?.facts[0]).to.include({ from: null, to: "stakers-2", amount: ether(4) });
    expect(unwrapped?.facts[0]).to.include({ from: "stakers-2", to: null });
    expect(refused?.outcome).to.include({ status: "reverted", error: "ERC20InsufficientBalance" });
    const { defi: view } = await world.read();
    expect(view.balances["stakers-3"]).to.deep.equal({ weth: ether(1) });
    expect(view.balances["stakers-2"]?.["weth"]).to.equal(ether(3));
    expect(view.tokens["weth"]?.supply).to.equal(ether(6));
  });
});
