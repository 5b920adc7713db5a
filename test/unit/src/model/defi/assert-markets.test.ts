import { expect } from "chai";

import { WorldImpossibleError } from "../../../../../src/errors/world-impossible-error.ts";
import { assertDefi } from "../../../../../src/model/defi/assert-defi.ts";
import type { DefiSpec } from "../../../../../src/model/defi/defi.ts";
import type { FeedSpec } from "../../../../../src/model/defi/feeds.ts";
import type { PoolSpec } from "../../../../../src/model/defi/pools.ts";
import { percent } from "../../../../../src/units/amounts.ts";
import { WAD } from "../../../../../src/units/units.ts";
import { emptyDefi } from "../../../../helpers/defi-world.ts";

const base = { tokens: ["weth", "wlst"], liquidity: [WAD, WAD], provider: "makers" };
const stable = {
  ...{ ...base, id: "pool", kind: "stableSwap", amplification: 20_000n, fee: 0n, offpegMultiplier: 0n },
  ...{ scaled: ["wlst"], window: 600n },
} satisfies PoolSpec;
const banded = {
  ...{ ...base, id: "tight", kind: "banded", fee: 500n, price: WAD },
  ...{ edges: [percent(98), percent(99), percent(101), percent(102)], bands: [percent(25), percent(50), percent(25)] },
} satisfies PoolSpec;
const market = {
  ...{ id: "market", kind: "market", pool: "pool", token: "wlst", against: "weth", window: 600n, base: "ether" },
} satisfies FeedSpec;
const ether = { id: "ether", kind: "reported", answer: 1n } satisfies FeedSpec;

function layer(changes: Partial<DefiSpec>): DefiSpec {
  const tokens: DefiSpec["tokens"] = [
    { id: "weth", kind: "wrappedEther" },
    { id: "wlst", kind: "wrappedLst" },
  ];
  return { ...emptyDefi, tokens, ...changes };
}
const ground = { participants: ["makers"], operators: [], strategies: [] };
const withPool = (pool: PoolSpec) => layer({ pools: [pool] });
const withFeeds = (...feeds: readonly FeedSpec[]) => layer({ pools: [stable], feeds });

describe("assertMarkets", () => {
  it("lets pools and feeds through that can be deployed", () => {
    expect(() => {
      assertDefi(layer({ pools: [stable, banded], feeds: [market, ether], etherFeed: "ether" }), ground);
    }).not.to.throw();
  });

  const refused: Readonly<Record<string, DefiSpec>> = {
    "a pool with zero liquidity of a token": withPool({ ...stable, liquidity: [WAD, 0n] }),
    "a pool with liquidity of one token only": withPool({ ...stable, liquidity: [WAD] }),
    "a pool of a token that is not there": withPool({ ...stable, tokens: ["weth", "gold"] }),
    "a pool of one token twice": withPool({ ...stable, tokens: ["weth", "weth"] }),
    "a pool of one token": withPool({ ...stable, tokens: ["weth"], liquidity: [WAD], scaled: [] }),
    "a pool that scales what it does not hold": withPool({ ...stable, scaled: ["gold"] }),
    "an amplification below one": withPool({ ...stable, amplification: 99n }),
    "a fee above a half": withPool({ ...stable, fee: 5_000_000_001n }),
    "an average without a window": withPool({ ...stable, window: 0n }),
    "bands that do not share out the liquidity": withPool({
      ...banded,
      bands: [percent(25), percent(50), percent(24)],
    }),
    "edges that fall": withPool({ ...banded, edges: [percent(99), percent(98), percent(101), percent(102)] }),
    "a price outside the edges": withPool({ ...banded, price: percent(103) }),
    "a banded fee of all": withPool({ ...banded, fee: 1_000_000n }),
    "a feed of a pool that is not there": withFeeds({ ...market, pool: "nowhere" }, ether),
    "a feed of a token that its pool does not hold": withFeeds({ ...market, token: "gold" }, ether),
    "a feed of a token in itself": withFeeds({ ...market, token: "weth" }, ether),
    "a window that the pool does not keep": withFeeds({ ...market, window: 300n }, ether),
    "a base that is not there": withFeeds(market),
    "bounds the wrong way round": withFeeds({ ...ether, minAnswer: 2n, maxAnswer: 1n }),
    "nineteen decimals": withFeeds({ ...ether, decimals: 19 }),
    "a quorum of more than there are": withFeeds(ether, {
      id: "m",
      kind: "median",
      of: ["ether"],
      quorum: 2n,
      maxAge: 1n,
    }),
    "a snapshot of zero": withFeeds({
      ...{ id: "c", kind: "cappedRate", token: "wlst", base: null, maxYearlyBps: 0n, snapshot: 0n, minDelay: 0n },
    }),
    "feeds that read each other": withFeeds(
      { ...ether, source: "other" },
      { id: "other", kind: "fixed", base: "ether" },
    ),
    "a reference of ether that is not there": layer({ etherFeed: "ether" }),
  };
  const told: readonly (readonly [string, DefiSpec, RegExp])[] = [
    [
      "no liquidity of a token",
      withPool({ ...stable, liquidity: [WAD, 0n] }),
      /liquidity of wlst is 0\. Use 1 or more/,
    ],
    ["liquidity of fewer tokens", withPool({ ...stable, liquidity: [WAD] }), /liquidity of 1 of its 2 tokens/],
    [
      "liquidity that no contract multiplies",
      withPool({ ...stable, liquidity: [2n ** 300n, WAD] }),
      new RegExp(`liquidity of weth is ${2n ** 300n}\\. Use at most 10{33}\\.`),
    ],
    [
      "liquidity one above the most",
      withPool({ ...stable, liquidity: [WAD, 10n ** 33n + 1n] }),
      /is 10{32}1\. Use at most 10{33}/,
    ],
    ["liquidity below zero", withPool({ ...stable, liquidity: [-1n, WAD] }), /liquidity of weth is -1\. Use 1 or more/],
    ["a window of ages", withPool({ ...stable, window: 2n ** 300n }), /average's window is \d+.* Use at most 36500 d/],
    ["a multiplier below zero", withPool({ ...stable, offpegMultiplier: -1n }), /off-peg multiplier is -0\.0000000001/],
    [
      "a multiplier beyond what its fee allows",
      withPool({ ...stable, fee: 5_000_000_000n, offpegMultiplier: 10_000_000_001n }),
      /off-peg multiplier is 1\.0000000001\. Use 0 to 1/,
    ],
    ["an answer below zero", withFeeds({ ...ether, answer: -1n }), /first answer is -1\. Use 1 or more/],
    ["an answer of zero", withFeeds({ ...ether, answer: 0n }), /first answer is 0\. Use 1 or more/],
    [
      "an answer that no contract multiplies",
      withFeeds({ ...ether, answer: 2n ** 300n }),
      /first answer is \d+\. Use at most 10{33}/,
    ],
    [
      "bounds that no contract holds",
      withFeeds({ ...ether, maxAnswer: 2n ** 300n }),
      /greatest answer is \d+\. Use -10{33} to 10{33}/,
    ],
    ["a heartbeat below zero", withFeeds({ ...ether, heartbeat: -1n }), /heartbeat is -1 s\. Use 0 or more/],
    [
      "a deviation above all",
      withFeeds({ ...ether, source: "ether", deviationBps: 10_001n }),
      /deviation is 100\.01 %/,
    ],
    ["decimals beyond what is counted", withFeeds({ ...ether, decimals: 19 }), /decimals is 19\. Use 0 to 18/],
  ];
  for (const [what, spec, message] of told) {
    it(`tells value and bound of ${what}`, () => {
      expect(() => {
        assertDefi(spec, ground);
      }).to.throw(WorldImpossibleError, message);
    });
  }

  it("takes the most liquidity and the largest answer that contracts multiply", () => {
    const most = 10n ** 33n;
    expect(() => {
      assertDefi(
        layer({ pools: [{ ...stable, liquidity: [most, most] }], feeds: [{ ...ether, answer: most }] }),
        ground,
      );
    }).not.to.throw();
  });

  for (const [what, spec] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      expect(() => {
        assertDefi(spec, ground);
      }).to.throw(WorldImpossibleError);
    });
  }
});
