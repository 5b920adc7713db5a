import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { missingPackages } from "../../../tools/lock.mjs";
import { setUp, SetupError, stateOf } from "../../../tools/setup.mjs";

const machine = { platform: "linux", arch: "x64", libc: "glibc" };

const LOCK = JSON.stringify({ packages: { "": {}, "node_modules/a": { version: "1.0.0", integrity: "sha512-x" } } });

/** Source of a stand-in for npm: it fails some times with a message on stderr, then installs what LOCK names. */
const npmThatFails = (how: { readonly root: string; readonly failures: number; readonly message: string }): string => `
const { appendFileSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
process.chdir(${JSON.stringify(how.root)});
appendFileSync("attempts", ".");
if (readFileSync("attempts", "utf8").length <= ${how.failures}) {
  console.error(${JSON.stringify(how.message)});
  process.exit(1);
}
mkdirSync("node_modules/a", { recursive: true });
writeFileSync("node_modules/a/package.json", "{}");
writeFileSync("node_modules/.package-lock.json", ${JSON.stringify(LOCK)});
`;

describe("set-up", () => {
  describe("missingPackages", () => {
    const evm = {
      version: "1.0.0",
      integrity: "sha512-a",
      optional: true,
      os: ["linux"],
      cpu: ["x64"],
      libc: ["glibc"],
    };

    it("asks for nothing when everything is installed", () => {
      const lock = { "": {}, "node_modules/a": { version: "1.0.0", integrity: "sha512-x" }, "node_modules/evm": evm };
      expect(missingPackages(lock, lock, machine)).to.deep.equal({ required: [], optional: [] });
    });

    it("asks for a package of another version or another content", () => {
      const lock = { "node_modules/a": { version: "2.0.0" }, "node_modules/b": { version: "1.0.0", integrity: "new" } };
      const installed = {
        "node_modules/a": { version: "1.0.0" },
        "node_modules/b": { version: "1.0.0", integrity: "old" },
      };
      expect(missingPackages(lock, installed, machine).required).to.deep.equal(["node_modules/a", "node_modules/b"]);
    });

    it("asks for the binary that npm left out on an older Node", () => {
      expect(missingPackages({ "node_modules/evm": evm }, {}, machine).optional).to.deep.equal(["node_modules/evm"]);
    });

    it("does not ask for binaries of other machines", () => {
      const others = {
        "node_modules/evm-musl": { ...evm, libc: ["musl"] },
        "node_modules/evm-arm": { ...evm, cpu: "arm64" },
        "node_modules/evm-mac": { ...evm, os: "darwin" },
        "node_modules/not-linux": { ...evm, os: ["!linux"] },
        "node_modules/wasm-helper": { version: "1.0.0", optional: true },
      };
      expect(missingPackages(others, {}, machine)).to.deep.equal({ required: [], optional: [] });
    });
  });

  describe("stateOf", () => {
    let root: string;

    beforeEach(() => {
      root = mkdtempSync(path.join(tmpdir(), "faultline-setup-"));
    });

    afterEach(() => {
      rmSync(root, { recursive: true, force: true });
    });

    const lockOf = (version: string): string =>
      JSON.stringify({ packages: { "": {}, "node_modules/a": { version, integrity: "sha512-x" } } });

    const installA = (version: string): void => {
      mkdirSync(path.join(root, "node_modules", "a"), { recursive: true });
      writeFileSync(path.join(root, "node_modules", "a", "package.json"), "{}");
      writeFileSync(path.join(root, "node_modules", ".package-lock.json"), lockOf(version));
    };

    it("is ready when the installed packages match the lock", () => {
      writeFileSync(path.join(root, "package-lock.json"), lockOf("1.0.0"));
      installA("1.0.0");
      expect(stateOf(root)).to.equal("ready");
    });

    it("wants an installation in a fresh clone", () => {
      writeFileSync(path.join(root, "package-lock.json"), lockOf("1.0.0"));
      expect(stateOf(root)).to.equal("install");
    });

    it("wants an installation when the lock has moved on", () => {
      writeFileSync(path.join(root, "package-lock.json"), lockOf("1.1.0"));
      installA("1.0.0");
      expect(stateOf(root)).to.equal("install");
    });

    it("wants an installation when a package's folder is gone", () => {
      writeFileSync(path.join(root, "package-lock.json"), lockOf("1.0.0"));
      installA("1.0.0");
      rmSync(path.join(root, "node_modules", "a"), { recursive: true });
      expect(stateOf(root)).to.equal("install");
    });

    it("throws when the lock is missing or broken, and says what to do", () => {
      expect(() => stateOf(root)).to.throw(SetupError, /git checkout -- package-lock\.json/);
      writeFileSync(path.join(root, "package-lock.json"), "{ broken");
      expect(() => stateOf(root)).to.throw(SetupError);
    });
  });

  describe("setUp", () => {
    const before = process.env["npm_execpath"];
    let root: string;

    beforeEach(() => {
      root = mkdtempSync(path.join(tmpdir(), "faultline-setup-"));
      writeFileSync(path.join(root, "package-lock.json"), LOCK);
    });

    afterEach(() => {
      rmSync(root, { recursive: true, force: true });
      if (before === undefined) delete process.env["npm_execpath"];
      else process.env["npm_execpath"] = before;
    });

    /** Puts an npm in place that fails so many times with a message, then installs. */
    const useNpm = (failures: number, message: string): void => {
      const script = path.join(root, "npm-cli.js");
      writeFileSync(script, npmThatFails({ root, failures, message }));
      process.env["npm_execpath"] = script;
    };

    const attempts = (): number => readFileSync(path.join(root, "attempts"), "utf8").length;

    it("asks again when the registry breaks off", () => {
      useNpm(2, "npm error code EIDLETIMEOUT");
      expect(setUp(root)).to.equal(process.execPath);
      expect(attempts()).to.equal(3);
    });

    it("gives up on a registry that breaks off three times, with npm's code and what to do", () => {
      useNpm(3, "npm error code ECONNRESET");
      expect(() => setUp(root)).to.throw(SetupError, /npm ended with code 1[^]*npm ping/);
      expect(attempts()).to.equal(3);
    });

    it("does not ask again when npm fails for another reason", () => {
      useNpm(1, "npm error code ENOSPC");
      expect(() => setUp(root)).to.throw(SetupError, /600 MB/);
      expect(attempts()).to.equal(1);
    });
  });
});
