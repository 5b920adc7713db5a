/** Random states of the paper DeFi layer. */
import fc from "fast-check";

import { CALM, ETHER, USD, type PaperAmounts } from "./defi-paper.ts";

const WAD = 10n ** 18n;
const RAY = 10n ** 27n;
const PEOPLE = ["lena", "loopers", "hodl", "makers", "guards", "whale"] as const;

const amount = fc.oneof(fc.bigInt(0n, 1_000n * ETHER), fc.bigInt(0n, 10n), fc.constant(0n));
const dollars = fc.bigInt(0n, 1_000_000n * ETHER);
const money = fc.bigInt(0n, 100_000n * USD);
const perPerson = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.dictionary(fc.constantFrom(...PEOPLE), value, { maxKeys: 4, noNullPrototype: true });
const tokens = fc.record({ weth: amount, lrt: amount });

/** Any state at all: sound, under water, empty. */
export const paperAmounts: fc.Arbitrary<PaperAmounts> = fc
  .record({
    lstRate: fc.bigInt(WAD / 2n, 2n * WAD),
    etherPrice: fc.bigInt(10n ** 8n, 10_000n * 10n ** 8n),
    walletEther: amount,
    wallets: perPerson(fc.record({ weth: amount, lrt: amount, usd: money, rusd: dollars, sdusd: dollars })),
    staked: fc.record({ "stakers-1": amount, "stakers-2": amount }),
    vaultDelegated: amount,
    vaultBuffer: amount,
    pool: fc.tuple(amount, amount),
    adminFees: fc.tuple(amount, amount),
    liquidity: perPerson(amount),
    accounts: perPerson(fc.record({ supplied: tokens, borrowed: tokens })),
    cash: tokens,
    treasury: amount,
    insured: perPerson(amount),
    isolated: perPerson(fc.record({ supplied: amount, borrowed: amount, collateral: amount })),
    troves: perPerson(fc.record({ debt: dollars, collateral: amount })),
    stability: perPerson(dollars),
    dollar: fc.record({
      cash: money,
      term: money,
      buffer: money,
      junior: money,
      backstop: money,
      rate: fc.bigInt(WAD / 2n, WAD),
    }),
    juniorHolders: perPerson(amount),
    borrowIndex: fc.bigInt(RAY, 2n * RAY),
    liquidityIndex: fc.bigInt(RAY, 2n * RAY),
    hidden: amount,
  })
  .map(({ vaultBuffer, ...rest }) => ({ ...CALM, ...rest, vaultAssets: rest.vaultDelegated + vaultBuffer }));
