import { expect } from "chai";

import { WorldImpossibleError } from "../../../../../src/errors/world-impossible-error.ts";
import { assertIssuers } from "../../../../../src/model/defi/assert-issuers.ts";
import type { VaultSpec } from "../../../../../src/model/defi/vaults.ts";
import { WAD } from "../../../../../src/units/units.ts";
import { emptyDefi } from "../../../../helpers/defi-world.ts";

const sound: VaultSpec = {
  id: "lrt",
  operators: [{ operator: "operators-1", weight: 1n }],
  strategy: "lst",
  rate: WAD,
  buffer: { target: WAD / 10n, capacity: 100n, drawdownFloor: 10n, minFeeBps: 5n, maxFeeBps: 100n },
  oracle: { mode: "pushed", every: 86_400n, feeBps: 1_000n },
  queue: { freeze: "claim", cooldown: 0n },
  redeemable: true,
};
const known = { tokens: new Set(["lrt"]), feeds: [], participants: [] };
const ground = { operators: ["operators-1"], strategies: ["lst"] };

const refusal = (over: Partial<VaultSpec>): string => {
  try {
    assertIssuers({ ...emptyDefi, vaults: [{ ...sound, ...over }] }, known, ground);
    return "";
  } catch (error) {
    if (error instanceof WorldImpossibleError) return error.message;
    throw error;
  }
};

describe("assertIssuers of vaults", () => {
  it("accepts a sound vault, and one without a buffer's fees", () => {
    expect(refusal({})).to.equal("");
    expect(refusal({ buffer: { ...sound.buffer, capacity: 0n, drawdownFloor: 0n } })).to.equal("");
  });

  const bad: Readonly<Record<string, Partial<VaultSpec>>> = {
    "no strategy is named": { strategy: "gold" },
    "no operator is named": { operators: [{ operator: "operators-9", weight: 1n }] },
    "operator twice": { operators: [...sound.operators, ...sound.operators] },
    "are all 0": { operators: [{ operator: "operators-1", weight: 0n }] },
    "its rate is": { rate: WAD - 1n },
    "buffer's target": { buffer: { ...sound.buffer, target: WAD + 1n } },
    "not below its capacity": { buffer: { ...sound.buffer, drawdownFloor: 100n } },
    "highest fee": { buffer: { ...sound.buffer, maxFeeBps: 10_001n } },
    "oracle's fee": { oracle: { ...sound.oracle, feeBps: 10_000n } },
    "guarded by nothing": { oracle: { ...sound.oracle, mode: "guarded" } },
    "oracle's quorum": { oracle: { ...sound.oracle, mode: "quorum", quorum: 0n } },
    cooldown: { queue: { freeze: "claim", cooldown: -1n } },
  };
  for (const [reason, over] of Object.entries(bad)) {
    it(`refuses a vault with the reason "${reason}", and names the vault`, () => {
      expect(refusal(over)).to.include("vault lrt").and.to.include(reason);
    });
  }
});
