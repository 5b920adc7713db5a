import { expect } from "chai";
import fc from "fast-check";

import {
  distribute,
  each,
  equally,
  integerRoot,
  listed,
  split,
  weighted,
  zipf,
} from "../../../../src/model/distribution.ts";

const total = (parts: readonly bigint[]): bigint => parts.reduce((a, b) => a + b, 0n);

describe("distribute", () => {
  it("gives each the same, equal parts, weights, or a list", () => {
    expect(distribute(each(7n), 3)).to.deep.equal([7n, 7n, 7n]);
    expect(distribute(equally(10n), 3)).to.deep.equal([4n, 3n, 3n]);
    expect(distribute(weighted({ total: 100n, weights: [3n, 1n] }), 2)).to.deep.equal([75n, 25n]);
    expect(distribute(listed([1n, 9n]), 2)).to.deep.equal([1n, 9n]);
  });

  it("gives rank r of Zipf's law 1/r of rank 1", () => {
    expect(distribute(zipf({ total: 1100n, tenths: 10 }), 3)).to.deep.equal([600n, 300n, 200n]);
    expect(distribute(zipf({ total: 300n, tenths: 0 }), 3)).to.deep.equal([100n, 100n, 100n]);
  });

  it("splits to the last wei, within one wei of the exact part", () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 20n }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 26n }), weights, (amount, parts) => {
        const sum = total(parts);
        const out = split(amount, parts);
        if (sum === 0n) return total(out) === 0n;
        const close = out.every((part, at) => {
          const gap = part * sum - amount * (parts[at] ?? 0n);
          return gap < sum && gap > -sum;
        });
        return total(out) === amount && close;
      }),
    );
  });

  it("never ranks a later member of Zipf's law above an earlier one by more than the odd wei", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 30 }), (count, tenths) => {
        const parts = distribute(zipf({ total: 10n ** 24n, tenths }), count);
        return total(parts) === 10n ** 24n && parts.every((part, at) => at === 0 || part <= (parts[at - 1] ?? 0n) + 1n);
      }),
    );
  });
});

describe("integerRoot", () => {
  it("is the largest whole number whose power does not exceed the value", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 200n }), fc.bigInt({ min: 1n, max: 12n }), (value, n) => {
        const root = integerRoot(value, n);
        return root ** n <= value && (root + 1n) ** n > value;
      }),
    );
  });
});
