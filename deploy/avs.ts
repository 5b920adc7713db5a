import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/** Deploys a service that asks questions. Parameters: `owner`, `avsRegistry`, `operatorKeys`. */
export const plainServiceModule = buildModule("PlainService", (m) => ({
  service: m.contract("PlainService", [
    m.getParameter<string>("owner"),
    m.getParameter<string>("avsRegistry"),
    m.getParameter<string>("operatorKeys"),
  ]),
}));

/** Deploys an oracle network. Parameters: `owner`, `avsRegistry`, `operatorKeys`, `minAnswers`. */
export const oracleNetworkModule = buildModule("OracleNetwork", (m) => ({
  service: m.contract("OracleNetwork", [
    m.getParameter<string>("owner"),
    m.getParameter<string>("avsRegistry"),
    m.getParameter<string>("operatorKeys"),
    m.getParameter<bigint>("minAnswers", 1n),
  ]),
}));

/**
 * Deploys a data-availability committee.
 *
 * Parameters: `owner`, `avsRegistry`, `operatorKeys`, `responseWindow` [clock units], `quorum` [WAD].
 */
export const dataAvailabilityModule = buildModule("DataAvailabilityCommittee", (m) => ({
  service: m.contract("DataAvailabilityCommittee", [
    m.getParameter<string>("owner"),
    m.getParameter<string>("avsRegistry"),
    m.getParameter<string>("operatorKeys"),
    m.getParameter<bigint>("responseWindow"),
    m.getParameter<bigint>("quorum"),
  ]),
}));

/** Deploys a bridge. Parameters: `owner`, `avsRegistry`, `operatorKeys`, `token`, `quorum` [WAD]. */
export const bridgeModule = buildModule("Bridge", (m) => ({
  service: m.contract("Bridge", [
    m.getParameter<string>("owner"),
    m.getParameter<string>("avsRegistry"),
    m.getParameter<string>("operatorKeys"),
    m.getParameter<string>("token"),
    m.getParameter<bigint>("quorum"),
  ]),
}));
