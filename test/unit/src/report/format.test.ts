import { expect } from "chai";

import {
  formatEther,
  formatEtherShort,
  formatFixed,
  formatInteger,
  formatPercent,
} from "../../../../src/report/format/ether.ts";
import { clean, listWords, shorten } from "../../../../src/report/format/text.ts";
import { formatDuration, formatInstant } from "../../../../src/report/format/time.ts";

const ETHER = 10n ** 18n;

describe("report formats", () => {
  describe("formatEther", () => {
    it("keeps about four digits", () => {
      expect(formatEther(4_512_345n * ETHER)).to.equal("4,512,345 ETH");
      expect(formatEther(1_234n * ETHER + ETHER / 4n)).to.equal("1,234.3 ETH");
      expect(formatEther(ETHER / 3n)).to.equal("0.3333 ETH");
    });

    it("shows wei and gwei where ether would read as zero", () => {
      expect(formatEther(7n)).to.equal("7 wei");
      expect(formatEther(-7n)).to.equal("-7 wei");
      expect(formatEther(1_500n * 10n ** 9n)).to.equal("1,500 gwei");
      expect(formatEther(0n)).to.equal("0 ETH");
    });

    it("keeps every digit of amounts beyond what a number holds", () => {
      expect(formatInteger(2n ** 255n)).to.match(/^57,896,044,618,658,097,711,785,492,504,343,953,926,634/);
      expect(formatEther(-(10n ** 40n))).to.equal("-10,000,000,000,000,000,000,000 ETH");
    });
  });

  it("shortens millions for a headline", () => {
    expect(formatEtherShort(4_500_000n * ETHER)).to.equal("4.50 M ETH");
    expect(formatEtherShort(250_000n * ETHER)).to.equal("250.0 k ETH");
    expect(formatEtherShort(99_000n * ETHER)).to.equal("99,000 ETH");
  });

  it("rounds half away from zero", () => {
    expect(formatFixed(5n, 10n, 0)).to.equal("1");
    expect(formatFixed(-5n, 10n, 0)).to.equal("-1");
    expect(formatFixed(-4n, 10n, 0)).to.equal("0");
  });

  it("gives no percentage of nothing", () => {
    expect(formatPercent(1n, 0n)).to.equal("–");
    expect(formatPercent(1n, 3n)).to.equal("33.33 %");
  });

  it("writes durations in their two largest units", () => {
    expect(formatDuration(14n * 86_400n + 7_200n)).to.equal("14 d 2 h");
    expect(formatDuration(12n)).to.equal("12 s");
    expect(formatDuration(0n)).to.equal("0 s");
    expect(formatDuration(-86_412n)).to.equal("-1 d");
  });

  it("writes instants to the second", () => {
    expect(formatInstant(23n * 86_400n - 12n)).to.equal("day 22, 23:59:48");
  });

  describe("clean", () => {
    it("removes control characters, direction marks and broken surrogates", () => {
      expect(clean("a\u001b[31m\u0000\u202eb\ud800c\n")).to.equal("a·[31m··b·c·");
    });

    it("keeps letters of every language", () => {
      expect(clean("Grüße 質押 ☂ 😀")).to.equal("Grüße 質押 ☂ 😀");
    });
  });

  it("shortens without cutting a character in two", () => {
    expect(shorten("😀😀😀😀", 3)).to.equal("😀😀…");
    expect(shorten("abc", 3)).to.equal("abc");
  });

  it("joins words as a sentence does", () => {
    expect(listWords([])).to.equal("");
    expect(listWords(["a"])).to.equal("a");
    expect(listWords(["a", "b", "c"])).to.equal("a, b and c");
  });
});
