import { expect } from "chai";

import {
  AUTO,
  parseChain,
  parseClock,
  parseFraction,
  parseOut,
  parseSeed,
  parseStep,
  parseSteps,
  requireText,
} from "../../../../src/cli/arguments.ts";
import { UsageError } from "../../../../src/errors/usage-error.ts";

describe("arguments", () => {
  describe("parseSeed", () => {
    it("leaves the scenario's own seed where none is given", () => {
      expect(parseSeed(AUTO)).to.equal(undefined);
    });

    it("reads whole numbers up to 32 bits", () => {
      expect(["0", "7", "4294967295"].map(parseSeed)).to.deep.equal([0, 7, 4_294_967_295]);
    });

    it("refuses what is negative, too large, fractional or no number", () => {
      for (const text of ["-1", "4294967296", "1.5", "1e3", "0x10", "seven", "", " 7", "9".repeat(400)]) {
        expect(() => parseSeed(text), text).to.throw(UsageError);
      }
    });
  });

  describe("parseChain", () => {
    it("reads in-process, anvil and the URL of a node", () => {
      expect([AUTO, "in-process", "anvil"].map(parseChain)).to.deep.equal(["in-process", "in-process", "anvil"]);
      expect(String(parseChain("http://127.0.0.1:8545"))).to.equal("http://127.0.0.1:8545/");
    });

    it("refuses what is none", () => {
      for (const text of ["", "ftp://x", "127.0.0.1:8545", "hardhat"]) {
        expect(() => parseChain(text), text).to.throw(UsageError, text);
      }
    });

    it("refuses a password and does not repeat it", () => {
      for (const text of ["http://user:secret@127.0.0.1:8545", "ftp://secret@host", "user:secret@host"]) {
        expect(() => parseChain(text), text)
          .to.throw(UsageError, /holds a user name or a password/)
          .with.property("message")
          .that.does.not.contain("secret");
      }
    });
  });

  describe("parseOut", () => {
    it("reads a folder, and refuses none: it would be the working folder", () => {
      expect([AUTO, "out/here"].map(parseOut)).to.deep.equal([undefined, "out/here"]);
      for (const text of ["", "  "]) expect(() => parseOut(text), text).to.throw(UsageError, /--out is/);
    });
  });

  describe("parseSteps", () => {
    it("reads from one step upwards", () => {
      expect(["1", "1000000"].map(parseSteps)).to.deep.equal([1, 1_000_000]);
      expect(parseSteps(AUTO)).to.equal(undefined);
    });

    it("refuses no steps and too many", () => {
      for (const text of ["0", "1000001", "-5"]) expect(() => parseSteps(text), text).to.throw(UsageError);
    });
  });

  it("looks at the world as deployed where no step is given", () => {
    expect([parseStep(AUTO), parseStep("3")]).to.deep.equal([0, 3]);
  });

  it("reads a clock mode and refuses any other word", () => {
    expect([AUTO, "blocknumber", "timestamp"].map(parseClock)).to.deep.equal([undefined, "blocknumber", "timestamp"]);
    expect(() => parseClock("blocks")).to.throw(UsageError);
  });

  describe("parseFraction", () => {
    it("reads percentages and decimals exactly", () => {
      expect(parseFraction("10%")).to.equal(10n ** 17n);
      expect(parseFraction("12.5 %")).to.equal(125n * 10n ** 15n);
      expect(parseFraction("0.1")).to.equal(10n ** 17n);
      expect(parseFraction("1")).to.equal(10n ** 18n);
      expect(parseFraction("100%")).to.equal(10n ** 18n);
      expect(parseFraction("0.000000000000000001")).to.equal(1n);
    });

    it("refuses nothing, more than everything and what is no fraction", () => {
      for (const text of [
        "0",
        "0%",
        "100.1%",
        "1.01",
        "150%",
        "-10%",
        "ten",
        "",
        "10%%",
        "1e-3",
        "0.0000000000000000001",
      ]) {
        expect(() => parseFraction(text), text).to.throw(UsageError);
      }
    });

    it("refuses a percentage finer than one part in 1e18", () => {
      expect(() => parseFraction("0.00000000000000001%")).to.throw(UsageError);
    });
  });

  it("asks for an argument that is missing or empty", () => {
    const missing = { argument: "The scenario", hint: "Name one." };
    expect(requireText("alex", missing)).to.equal("alex");
    expect(() => requireText(undefined, missing)).to.throw(UsageError);
    expect(() => requireText("", missing)).to.throw(UsageError);
  });
});
