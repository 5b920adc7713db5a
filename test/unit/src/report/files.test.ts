import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { OutputUnwritableError } from "../../../../src/errors/output-unwritable-error.ts";
import { RecordInvalidError } from "../../../../src/errors/record-invalid-error.ts";
import { toCanonicalJson } from "../../../../src/report/files/canonical-json.ts";
import { readRunRecord } from "../../../../src/report/files/read-run-record.ts";
import { assertWritableFolder, writeFiles } from "../../../../src/report/files/write-files.ts";
import { makeRunRecord } from "../../../helpers/run-record-fixture.ts";

/** What a promise was rejected with; undefined when it was not. */
async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    return error;
  }
}

describe("report files", () => {
  let root = "";

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "faultline-files-"));
  });

  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  describe("toCanonicalJson", () => {
    it("does not depend on the order of keys and ends with a newline", () => {
      expect(toCanonicalJson({ b: [{ y: 1, x: 2 }], a: "1" })).to.equal(
        toCanonicalJson({ a: "1", b: [{ x: 2, y: 1 }] }),
      );
      expect(toCanonicalJson({})).to.equal("{}\n");
    });
  });

  describe("readRunRecord", () => {
    it("reads what was written", () => {
      const record = makeRunRecord();
      expect(readRunRecord(toCanonicalJson(record))).to.deep.equal(record);
    });

    const broken: readonly [string, string, string][] = [
      ["text that is no JSON", "{", ""],
      ["a truncated file", toCanonicalJson(makeRunRecord()).slice(0, 4_000), ""],
      ["another format", '{"format":"faultline-run/9"}', "format"],
      ["no object", "null", "format"],
      ["a missing field", toCanonicalJson({ ...makeRunRecord(), seed: undefined }), "seed"],
      ["a field nobody knows", toCanonicalJson({ ...makeRunRecord(), extra: 1 }), ""],
      [
        "a quantity that is a number",
        toCanonicalJson({ ...makeRunRecord(), notes: [{ time: 1, text: "x" }] }),
        "notes.0.time",
      ],
    ];
    for (const [what, text, path] of broken) {
      it(`refuses ${what} in one line that names the place`, () => {
        expect(() => readRunRecord(text, "run.json"))
          .to.throw(RecordInvalidError)
          .that.satisfies(
            (error: RecordInvalidError) => error.details["path"] === path && !error.message.includes("\n"),
          );
      });
    }
  });

  describe("writeFiles", () => {
    it("writes all files and leaves nothing else", async () => {
      const out = join(root, "deep", "out");
      await writeFiles(out, [
        { path: "a.txt", content: "a" },
        { path: join("sub", "b.bin"), content: new Uint8Array([1, 2]) },
      ]);
      expect((await readdir(out, { recursive: true })).sort()).to.deep.equal(["a.txt", "sub", join("sub", "b.bin")]);
    });

    it("replaces files that are there", async () => {
      await writeFile(join(root, "a.txt"), "old");
      await writeFiles(root, [{ path: "a.txt", content: "new" }]);
      expect(await readFile(join(root, "a.txt"), "utf8")).to.equal("new");
    });

    it("keeps the old files and leaves nothing half-written when one cannot take its place", async () => {
      await writeFile(join(root, "a.txt"), "old");
      await mkdir(join(root, "b.txt"));
      const error = await rejectionOf(
        writeFiles(root, [
          { path: "a.txt", content: "new" },
          { path: "b.txt", content: "new" },
        ]),
      );
      expect(error).to.be.instanceOf(OutputUnwritableError);
      expect(await readFile(join(root, "a.txt"), "utf8")).to.equal("old");
      expect((await readdir(root)).sort()).to.deep.equal(["a.txt", "b.txt"]);
    });

    it("removes the folders that it made when it fails", async () => {
      const out = join(root, "new", "out");
      const long = "x".repeat(300);
      const error = await rejectionOf(writeFiles(out, [{ path: long, content: "" }]));
      expect(error).to.be.instanceOf(OutputUnwritableError);
      expect(await readdir(root)).to.deep.equal([]);
    });

    it("names the path when a file stands where the folder should", async () => {
      await writeFile(join(root, "file"), "");
      const error = await rejectionOf(writeFiles(join(root, "file", "out"), [{ path: "a", content: "" }]));
      expect(error).to.be.instanceOf(OutputUnwritableError).with.property("code", "OUTPUT_UNWRITABLE");
    });

    for (const path of ["../a.txt", "sub/../../a.txt", "/tmp/a.txt", "..", "."]) {
      it(`refuses to write to ${path}, outside the folder`, async () => {
        const error = await rejectionOf(writeFiles(join(root, "out"), [{ path, content: "x" }]));
        expect(error).to.be.instanceOf(OutputUnwritableError);
        expect(await readdir(root)).to.deep.equal([]);
      });
    }

    it("refuses to follow a link out of the folder", async () => {
      await mkdir(join(root, "elsewhere"));
      await mkdir(join(root, "out"));
      await symlink(join(root, "elsewhere"), join(root, "out", "pictures"));
      const error = await rejectionOf(writeFiles(join(root, "out"), [{ path: "pictures/a.png", content: "x" }]));
      expect(error).to.be.instanceOf(OutputUnwritableError);
      expect(await readdir(join(root, "elsewhere"))).to.deep.equal([]);
    });
  });

  describe("assertWritableFolder", () => {
    it("accepts a folder that can be made and makes nothing", async () => {
      await assertWritableFolder(join(root, "x", "y"));
      expect(await readdir(root)).to.deep.equal([]);
    });

    it("refuses a dangling link", async () => {
      await symlink(join(root, "nowhere", "x"), join(root, "link"));
      expect(await rejectionOf(assertWritableFolder(join(root, "link")))).to.be.instanceOf(OutputUnwritableError);
      expect(await readdir(root)).to.deep.equal(["link"]);
    });

    it("refuses a folder in which nothing can be made, whatever its permissions say", async () => {
      // Where there is no /proc, an ordinary file refuses as well.
      const place = process.platform === "linux" ? "/proc" : process.execPath;
      const failure = await rejectionOf(assertWritableFolder(join(place, "faultline", "out")));
      expect(failure).to.be.instanceOf(OutputUnwritableError);
    });

    it("lets several runs try the same new folder at once", async () => {
      const tries = ["a", "b", "c"].map((name) => assertWritableFolder(join(root, "out", name)));
      await Promise.all(tries);
      expect(await readdir(root)).to.deep.equal([]);
    });

    it("refuses a file", async () => {
      await writeFile(join(root, "file"), "");
      expect(await rejectionOf(assertWritableFolder(join(root, "file")))).to.be.instanceOf(OutputUnwritableError);
      expect(await rejectionOf(assertWritableFolder(join(root, "file", "x")))).to.be.instanceOf(OutputUnwritableError);
    });
  });
});
