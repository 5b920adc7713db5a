import { AbiCoder, type ErrorFragment, type Result } from "ethers";

import type { Outcome } from "../model/fact.ts";
import type { StageOutcome } from "./stage-driver.ts";

/** A revert with a name. */
export type Revert = Extract<Outcome, { status: "reverted" }>;

const PANICS: Readonly<Record<string, string>> = {
  "1": "assertion failed",
  "17": "arithmetic overflow or underflow",
  "18": "division by zero",
  "33": "unknown enum value",
  "50": "index out of bounds",
  "65": "out of memory",
};

/** Every custom error of every compiled contract, by selector; read when something reverts for the first time. */
let errors: Promise<ReadonlyMap<string, ErrorFragment>> | undefined;

async function loadErrors(): Promise<ReadonlyMap<string, ErrorFragment>> {
  const [{ artifacts }, { Interface }] = await Promise.all([import("hardhat"), import("ethers")]);
  const found = new Map<string, ErrorFragment>();
  for (const name of [...(await artifacts.getAllFullyQualifiedNames())].sort()) {
    const { abi } = await artifacts.readArtifact(name);
    new Interface(abi as ConstructorParameters<typeof Interface>[0]).forEachError((fragment) => {
      if (!found.has(fragment.selector)) found.set(fragment.selector, fragment);
    });
  }
  return found;
}

type Scalar = Revert["args"][string];

/** Writes a decoded argument as the record wants it; `nameOf` turns an address into a participant's name. */
function toScalar(value: unknown, nameOf: (address: string) => string | null): Scalar {
  if (typeof value === "boolean") return value;
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "string")
    return /^0x[0-9a-fA-F]{40}$/.test(value) ? (nameOf(value) ?? value.toLowerCase()) : value;
  if (Array.isArray(value)) return (value as unknown[]).map((item) => String(toScalar(item, nameOf))).join(",");
  return String(value);
}

/** Values that contracts count otherwise than a scenario says them: a cap of one part stands for a cap of nothing. */
const SAID: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Scalar>>>>>> = {
  LendingPoolCapExceeded: { cap: { "1": "0" } },
};

function describe(fragment: ErrorFragment, values: Result, nameOf: (address: string) => string | null): Revert {
  const args = fragment.inputs.map(({ name }, index): [string, Scalar] => {
    const value = toScalar(values[index], nameOf);
    return [name === "" ? String(index) : name, SAID[fragment.name]?.[name]?.[String(value)] ?? value];
  });
  return { status: "reverted", error: fragment.name, args: Object.fromEntries(args) };
}

/**
 * Gives a failed action's revert data its name and values.
 *
 * @param outcome - What the stage said.
 * @param gasLimit - The action's gas limit; empty data near it means that the gas ran out.
 * @param nameOf - Name of an address, or null where it has none.
 */
export async function readRevert(
  outcome: Pick<StageOutcome, "returned" | "gas">,
  gasLimit: bigint,
  nameOf: (address: string) => string | null,
): Promise<Revert> {
  const { returned, gas } = outcome;
  if (returned.length < 10) {
    const error = gas * 10n > gasLimit * 9n ? "OutOfGas" : "Unknown";
    return { status: "reverted", error, args: {} };
  }
  const selector = returned.slice(0, 10);
  const body = `0x${returned.slice(10)}`;
  const coder = AbiCoder.defaultAbiCoder();
  if (selector === "0x08c379a0") {
    return { status: "reverted", error: "Error", args: { message: String(coder.decode(["string"], body)[0]) } };
  }
  if (selector === "0x4e487b71") {
    const code = String(coder.decode(["uint256"], body)[0]);
    return { status: "reverted", error: "Panic", args: { code, reason: PANICS[code] ?? "unknown" } };
  }
  errors ??= loadErrors();
  const fragment = (await errors).get(selector);
  if (fragment === undefined) return { status: "reverted", error: "Unknown", args: { selector } };
  return describe(fragment, coder.decode(fragment.inputs, body), nameOf);
}
