/** Views of contracts by prepared coders: a history asks dozens after every step, and ethers' coder took most of its time. */
import { isAddressable, type BaseContract } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";

import type { Decoded } from "../../src/world/codec/decoder.ts";
import type { AbiValue } from "../../src/world/codec/encoder.ts";
import { PreparedContract } from "../../src/world/codec/prepared-contract.ts";

/** An argument as ethers takes it, as words of the ABI. */
async function plain(value: unknown): Promise<AbiValue> {
  if (Array.isArray(value)) return await Promise.all(value.map(plain));
  if (typeof value === "number") return BigInt(value);
  return isAddressable(value) ? await value.getAddress() : (value as AbiValue);
}

/** An answer as ethers gives it: structs have their fields in order and by name. */
function asResult(value: Decoded): unknown {
  if (typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(asResult);
  const fields = Object.entries(value as { readonly [name: string]: Decoded }).map(
    ([name, field]) => [name, asResult(field)] as const,
  );
  return Object.assign(
    fields.map(([, field]) => field),
    Object.fromEntries(fields),
  );
}

/** Makes readers of contracts: each view of a contract answers as it does, and whatever else it has is only tried. */
export function viewsBy({ ethers }: NetworkConnection): <T extends BaseContract>(contract: T) => T {
  const made = new WeakMap<BaseContract, BaseContract>();
  const readerOf = <T extends BaseContract>(contract: T): T => {
    const prepared = new PreparedContract(contract.interface);
    const ask = async (name: string, args: readonly unknown[]): Promise<unknown> => {
      const data = prepared.encode(name, await Promise.all(args.map(plain)));
      const call = [{ to: await contract.getAddress(), data }, "latest"];
      const answer = prepared.decode(name, (await ethers.provider.send("eth_call", call)) as string);
      const values = Object.values(answer);
      return values.length === 1 ? asResult(values[0] ?? "") : asResult(answer);
    };
    return new Proxy(contract, {
      get: (target, name) =>
        typeof name === "string" && contract.interface.hasFunction(name)
          ? async (...args: readonly unknown[]) => await ask(name, args)
          : (Reflect.get(target, name, target) as unknown),
    });
  };
  return (contract) => {
    const reader = (made.get(contract) as typeof contract | undefined) ?? readerOf(contract);
    made.set(contract, reader);
    return reader;
  };
}
