import { expect } from "chai";

import { reasonOf } from "../../../../src/engine/defi-events.ts";

describe("reasonOf", () => {
  it("says why a liquidation failed, by the error's name", () => {
    const named = {
      FlashLiquidatorUnprofitable: "unprofitable",
      MarketInsufficientOutput: "unprofitable",
      LendingPoolMustNotLeaveDust: "dust",
      FundShareNotAllowed: "permissioned",
      FundShareHalted: "permissioned",
      LendingPoolRestricted: "paused",
      LendingPoolInsufficientCash: "no liquidity",
      IsolatedMarketsInsufficientLiquidity: "no liquidity",
      LendingPoolHealthy: "healthy",
      CollateralBranchNotLiquidatable: "healthy",
      LendingPoolUnhealthy: "failed",
      Panic: "failed",
    } as const;
    for (const [error, reason] of Object.entries(named)) expect(reasonOf(error), error).to.equal(reason);
  });
});
