import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/** Fee of a flash loan, and the treasury's part of it [bps]. */
const FLASH = { flashFeeBps: 5n, flashTreasuryBps: 5_000n };

/**
 * Deploys an empty pooled lending market: its book, its pool, and the lens that reads it.
 *
 * Parameters (all optional): `owner` (risk admin, by default the deployer), `treasury`, `flashFeeBps`,
 * `flashTreasuryBps`, `closeFactor` (0 by the rule, 1 a fixed part, 2 all), `closeFactorBps`. Reserves are listed
 * afterwards, each with its own claim, feed and rate model, so the owner has to accept the book first.
 */
export default buildModule("Lending", (m) => {
  const deployer = m.getAccount(0);
  const owner = m.getParameter("owner", deployer);
  const policy = {
    treasury: m.getParameter("treasury", deployer),
    flashFeeBps: m.getParameter("flashFeeBps", FLASH.flashFeeBps),
    flashTreasuryBps: m.getParameter("flashTreasuryBps", FLASH.flashTreasuryBps),
    closeFactor: m.getParameter("closeFactor", 0),
    closeFactorBps: m.getParameter("closeFactorBps", 5_000n),
  };

  const book = m.contract("ReserveBook", [deployer, policy]);
  const pool = m.contract("LendingPool", [book]);
  const wired = m.call(book, "wire", [pool]);
  m.call(book, "transferOwnership", [owner], { after: [wired] });
  const lendingLens = m.contract("LendingLens");

  return { book, pool, lendingLens };
});
