import { expect } from "chai";
import { AbiCoder, Interface, ParamType, type InterfaceAbi } from "ethers";
import fc from "fast-check";
import { artifacts } from "hardhat";

import { prepareAnswer, type Decoded } from "../../../../src/world/codec/decoder.ts";
import { prepareCall, prepareValues, type AbiValue } from "../../../../src/world/codec/encoder.ts";

const coder = AbiCoder.defaultAbiCoder();

/** Any type this project's contracts use, nested up to two levels. */
const leafType = fc.constantFrom(
  "uint256",
  "uint64",
  "uint8",
  "int256",
  "int128",
  "address",
  "bool",
  "bytes32",
  "bytes4",
  "bytes",
  "string",
);
const anyType: fc.Arbitrary<string> = fc.letrec<{ type: string }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leafType,
    tie("type").map((type) => `${type}[]`),
    fc
      .array(tie("type"), { minLength: 1, maxLength: 3 })
      .map((types) => `tuple(${types.map((type, i) => `${type} f${i}`).join(", ")})`),
  ),
})).type;

function hexOf(bytes: number): fc.Arbitrary<string> {
  return fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((value) => `0x${Buffer.from(value).toString("hex")}`);
}

function valueOf(type: ParamType): fc.Arbitrary<AbiValue> {
  if (type.isArray()) return fc.array(valueOf(type.arrayChildren), { maxLength: 4 });
  if (type.isTuple()) return fc.tuple(...type.components.map(valueOf));
  const { baseType } = type;
  if (baseType === "address") return hexOf(20);
  if (baseType === "bool") return fc.boolean();
  if (baseType === "string") return fc.string({ unit: "grapheme" });
  if (baseType === "bytes") return fc.integer({ min: 0, max: 100 }).chain(hexOf);
  if (baseType.startsWith("bytes")) return hexOf(Number(baseType.slice(5)));
  const bits = BigInt(/[0-9]+/.exec(baseType)?.[0] ?? 256);
  if (baseType.startsWith("int")) return fc.bigInt({ min: -(1n << (bits - 1n)), max: (1n << (bits - 1n)) - 1n });
  return fc.bigInt({ min: 0n, max: (1n << bits) - 1n });
}

/** Forgets names: what ethers' coder was given. */
function plain(value: Decoded): AbiValue {
  if (Array.isArray(value)) return (value as readonly Decoded[]).map(plain);
  if (typeof value === "object") return Object.values(value as Record<string, Decoded>).map(plain);
  return value;
}

const anyCase = fc.array(anyType, { minLength: 1, maxLength: 4 }).chain((types) => {
  const params = types.map((type, i) => ParamType.from(`${type} p${i}`));
  return fc.tuple(fc.constant(params), fc.tuple(...params.map(valueOf)));
});

describe("prepared codec", function () {
  it("encodes any values exactly as ethers does", function () {
    fc.assert(
      fc.property(anyCase, ([types, values]) => {
        expect(prepareValues(types)(values)).to.equal(coder.encode(types, values));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("decodes what ethers encoded", function () {
    fc.assert(
      fc.property(anyCase, ([types, values]) => {
        expect(plain(prepareAnswer(types)(coder.encode(types, values)))).to.deep.equal(values);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it("puts a function's selector before its arguments", function () {
    const abi = new Interface(["function deposit(address strategy, (uint64 a, bytes b)[] list, bool now)"]);
    const fragment = abi.getFunction("deposit");
    if (fragment === null) expect.fail("no such function");
    const args = [
      `0x${"ab".repeat(20)}`,
      [
        [7n, "0x010203"],
        [8n, "0x"],
      ],
      true,
    ] as const;
    expect(prepareCall(fragment)(args)).to.equal(abi.encodeFunctionData("deposit", args));
  });

  it("encodes every function of the core, the stage and the lenses as ethers does", async function () {
    const names = [
      "IStage",
      "ILens",
      "IOperatorLens",
      "IStakerLens",
      "ISlashLens",
      "IRestakingManager",
      "IOperatorDelegation",
    ];
    for (const name of [
      ...names,
      "IAllocationManager",
      "IAVSRegistry",
      "ISlasher",
      "IPodManager",
      "IVetoSlasher",
      "IService",
    ]) {
      const abi = new Interface((await artifacts.readArtifact(name)).abi as InterfaceAbi);
      abi.forEachFunction((fragment) => {
        fc.assert(
          fc.property(fc.tuple(...fragment.inputs.map(valueOf)), (args) => {
            expect(prepareCall(fragment)(args)).to.equal(abi.encodeFunctionData(fragment, args));
          }),
          { seed: 3, numRuns: 5 },
        );
      });
    }
  });

  it("names the fields of structs and numbers the nameless", function () {
    const types = [ParamType.from("tuple(uint256 shares, int64 change) position"), ParamType.from("bool")];
    const data = coder.encode(types, [[5n, -3n], true]);
    expect(prepareAnswer(types)(data)).to.deep.equal({ position: { shares: 5n, change: -3n }, 1: true });
  });
});
