import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";
import hre from "hardhat";
import { parseAllDocuments } from "yaml";

const root = path.resolve(import.meta.dirname, "../../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const HARDHAT = "node_modules/hardhat/dist/src/cli.js";

interface Named {
  readonly name: string;
}
interface Compose {
  readonly services: Readonly<
    Record<
      "redis" | "worker",
      {
        readonly command?: readonly string[];
        readonly environment?: object;
        readonly build?: object;
        readonly configs?: readonly { readonly source: string; readonly target: string }[];
      }
    >
  >;
  readonly configs: Readonly<Record<string, { readonly content: string }>>;
}
interface Deployment {
  readonly kind: string;
  readonly metadata: Named;
  readonly spec: {
    readonly selector: { readonly matchLabels: object };
    readonly template: {
      readonly metadata: { readonly labels: object };
      readonly spec: {
        readonly containers: readonly { readonly args: readonly string[]; readonly env: readonly Named[] }[];
      };
    };
  };
}

/** The one document of a YAML file; one that does not parse is a failure with its place. */
function yamlOf<T>(file: string): T {
  const documents = parseAllDocuments(read(file));
  if (!Array.isArray(documents)) return expect.fail(`${file} is empty`);
  expect(documents.flatMap(({ errors }) => errors).map(String)).to.deep.equal([]);
  expect(documents).to.have.length(1);
  return documents[0]?.toJS() as T;
}

/** Instructions of the Dockerfile: word and rest, in order. */
const instructions = read("docs/scale-out/Dockerfile")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split(/ (.*)/s) as [string, string]);
const all = (word: string): string[] => instructions.filter(([name]) => name === word).map(([, rest]) => rest);

const compose = yamlOf<Compose>("docs/scale-out/compose.yaml");
const deployment = yamlOf<Deployment>("docs/scale-out/workers.yaml");
const [container] = deployment.spec.template.spec.containers;
const commands: readonly (readonly [string, readonly string[]])[] = [
  ["Dockerfile", JSON.parse(all("CMD")[0] ?? "[]") as string[]],
  ["workers.yaml", container?.args ?? []],
];

describe("files for workers elsewhere", () => {
  it("build the image by what is there, as the set-up of the README does", () => {
    const sources = all("COPY").flatMap((rest) => rest.split(" ").slice(0, -1));
    for (const source of sources) expect(existsSync(path.join(root, source)), source).to.equal(true);
    const { scripts, engines } = JSON.parse(read("package.json")) as Record<string, Record<string, string>>;
    expect(all("RUN")).to.deep.equal(["npm ci", "npm run build"]);
    expect(scripts).to.have.property("build");
    expect(engines?.["node"]).to.contain(/node:(\d+)/.exec(all("FROM")[0] ?? "")?.[1]);
    // What npm runs after the packages are there must be there before them.
    const early = instructions.slice(
      0,
      instructions.findIndex(([, rest]) => rest === "npm ci"),
    );
    const copied = early.filter(([word]) => word === "COPY").flatMap(([, rest]) => rest.split(" "));
    const [, script = ""] = /^node (\S+)/.exec(scripts?.["postinstall"] ?? "") ?? [];
    expect(copied).to.include.members(["package.json", "package-lock.json", path.dirname(script)]);
  });

  it("build a worker of this folder, and tell it where Redis is by the variable that it reads", () => {
    expect(compose.services.worker.build).to.deep.equal({ context: "../..", dockerfile: "docs/scale-out/Dockerfile" });
    expect(Object.keys(compose.services.worker.environment ?? {})).to.deep.equal(["FAULTLINE_REDIS_URL"]);
    expect(container?.env.map(({ name }) => name)).to.deep.equal(["FAULTLINE_REDIS_URL"]);
  });

  it("select the pods that they make, and keep everything that lies in Redis", () => {
    expect(deployment.kind).to.equal("Deployment");
    expect(deployment.spec.template.metadata.labels).to.deep.equal(deployment.spec.selector.matchLabels);
    const command = compose.services.redis.command ?? [];
    const settings = command.slice(1).map((word, at) => [word, command[at + 2]] as const);
    for (const [setting, value] of [
      ["--appendonly", "yes"],
      ["--maxmemory-policy", "noeviction"],
    ]) {
      expect(settings.find(([word]) => word === setting)?.[1]).to.equal(value);
    }
  });

  it("keep Redis's password out of the list of processes", () => {
    const { command = [], configs = [] } = compose.services.redis;
    expect(command.join(" ")).to.not.match(/PASSWORD|requirepass/);
    expect(configs.map(({ target }) => target)).to.deep.equal([command[1]]);
    expect(compose.configs[configs[0]?.source ?? ""]?.content).to.equal("requirepass ${REDIS_PASSWORD:?choose one}\n");
  });

  for (const [file, [program, script, task = "", ...args]] of commands) {
    it(`start a worker by a command that is understood (${file})`, () => {
      expect([program, script]).to.deep.equal(["node", HARDHAT]);
      const known = [...hre.tasks.getTask(task).options.keys()];
      for (const arg of args.filter((word) => word.startsWith("--"))) expect(known).to.include(arg.slice(2));
      const env = { ...process.env, FAULTLINE_REDIS_URL: "redis://:hidden@127.0.0.1:1" };
      const { status, stderr } = spawnSync(process.execPath, [HARDHAT, task, ...args], {
        cwd: root,
        env,
        encoding: "utf8",
      });
      // It has read every option, and the variable, when it finds nobody there.
      expect(stderr).to.match(/^error: Redis at redis:\/\/127\.0\.0\.1:1 cannot be used: connect ECONNREFUSED/m);
      expect(stderr).to.not.contain("hidden");
      expect(status).to.equal(1);
    });
  }
});
