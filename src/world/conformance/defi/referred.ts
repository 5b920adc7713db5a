/** Inputs of cases that others refer to, for files that leave these cases out. */
export const REFERRED: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "AAVE-03": { coll: "10e18 @2395e8 LT8100", debt: "20000e6 @1e8", LB: "10500", feeBps: "1000", debtToCover: "max" },
  "AAVE-04": { coll: "10e18 @2340e8 LT8100", debt: "20000e6", LB: "10500", feeBps: "1000", debtToCover: "max" },
  "AAVE-09": { coll: "10e18 @1800e8 LT8100", debt: "20000e6", LB: "10500", feeBps: "1000", debtToCover: "max" },
  "MORPHO-02": {
    market: "borrow 5000e18/5000e24 supply 7600e18/7600e24",
    borrowShares: "100000000000000000000000000",
    lltv: "860000000000000000",
    price: "1000000000000000000000000000000000000",
    collA: "116279069767441860465",
    collB: "116279069767441860466",
  },
  "MORPHO-03": {
    market: "as MORPHO-02",
    borrowShares: "100000000000000000000000000",
    collateral: "120000000000000000000",
    price: "950000000000000000000000000000000000",
    lltv: "860000000000000000",
    seizedAssets: "60000000000000000000",
  },
  // The whole collateral of MORPHO-03 is seized at a lower price.
  "MORPHO-05": { like: "MORPHO-03", price: `8${"0".repeat(35)}`, seizedAssets: `12${"0".repeat(19)}` },
  "UNI-01": { amountIn: "10000000000", rIn: "1000000000000", rOut: "500000000000000000000" },
  "LIDO-05": {
    requests: ["100", "250", "50"].map((ether) => ether + "0".repeat(18)),
    totalPooled: `9000000${"0".repeat(18)}`,
    shares: `7500000${"0".repeat(18)}`,
    maxShareRateE27: `1188${"0".repeat(24)}`,
  },
  "LQ-01": {
    debt: "10000000000000000000000",
    coll: "5400000000000000000",
    sp: "50000000000000000000000",
    price: "2000000000000000000000",
  },
};
