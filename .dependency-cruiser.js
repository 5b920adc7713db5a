/**
 * Who may import whom: the table of docs/architecture.md, row by row.
 *
 * A row names a room, what it may import besides itself, and which packages of the chain it may know.
 * "hardhat" stands for Hardhat and its plugins, "ignition" for its deployment modules.
 */
const everyRoom = [
  "units",
  "errors",
  "maths",
  "model",
  "analysis",
  "report",
  "chain",
  "world",
  "engine",
  "sweep",
  "cli",
  "index",
];

const table = [
  { room: "units", may: [], knows: [] },
  { room: "errors", may: ["units"], knows: [] },
  { room: "maths", may: ["units", "errors"], knows: [] },
  { room: "model", may: ["units", "errors", "maths"], knows: [] },
  { room: "analysis", may: ["units", "errors", "maths", "model"], knows: [] },
  { room: "report", may: ["units", "errors", "maths", "model"], knows: [] },
  { room: "chain", may: ["units", "errors"], knows: ["hardhat", "ethers"] },
  {
    room: "world",
    may: ["units", "errors", "maths", "model", "chain", "typechain-types", "deploy"],
    knows: ["hardhat", "ethers", "ignition"],
  },
  {
    room: "engine",
    may: ["units", "errors", "maths", "model", "chain", "world", "analysis", "report's schema"],
    knows: [],
  },
  {
    room: "sweep",
    may: ["units", "errors", "maths", "model", "analysis", "report", "chain", "world", "engine"],
    knows: [],
  },
  { room: "cli", may: [...everyRoom, "stopwatch"], knows: ["hardhat", "ethers"] },
  { room: "index", may: everyRoom, knows: [] },
  { room: "scenarios", may: ["index"], knows: [] },
  { room: "bench", may: ["index"], knows: ["hardhat", "ethers"] },
  { room: "scripts", may: ["index", "scenarios"], knows: ["hardhat"] },
  { room: "deploy", may: [], knows: ["ignition"] },
];

/** Where a room lives. Rooms without an entry live in `src/<room>/`. */
const places = {
  index: "^src/index\\.ts$",
  "report's schema": "^src/report/run-record\\.ts$",
  scenarios: "^scenarios/",
  bench: "^bench/",
  scripts: "^scripts/",
  deploy: "^deploy/",
  stopwatch: "^tools/stopwatch\\.ts$",
  "typechain-types": "^typechain-types/(?!contracts/mocks/)",
};
const placeOf = (room) => places[room] ?? `^src/${room}/`;

/** The packages that know a chain, and what each name of the table stands for. */
const packages = {
  hardhat: "^node_modules/(hardhat|@nomicfoundation/hardhat-(?!ignition)[^/]+)/",
  ethers: "^node_modules/ethers/",
  ignition: "^node_modules/@nomicfoundation/(hardhat-ignition[^/]*|ignition-core)/",
};

const own = "^(src|scenarios|scripts|bench|deploy|test|tools|typechain-types)/";

const roomRule = ({ room, may }) => ({
  name: `${room} imports ${may.length === 0 ? "nothing" : may.join(", ")}`,
  severity: "error",
  from: { path: placeOf(room) },
  to: { path: own, pathNot: [room, ...may].map(placeOf) },
});

const packageRule = ({ room, knows }) => ({
  name: `${room} knows ${knows.length === 0 ? "no chain" : knows.join(", ")}`,
  severity: "error",
  from: { path: placeOf(room) },
  to: { path: Object.values(packages), pathNot: knows.map((name) => packages[name]) },
});

export default {
  forbidden: [
    ...table.map(roomRule),
    ...table.filter(({ knows }) => knows.length < Object.keys(packages).length).map(packageRule),
    {
      name: "imports point one way",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "only tests import tests",
      severity: "error",
      from: { pathNot: "^test/" },
      to: { path: "^test/" },
    },
    {
      name: "every import resolves",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "what runs is a dependency, not a devDependency",
      severity: "error",
      from: { path: "^(src|scenarios|scripts|deploy)/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["npm", "type-only"] },
    },
  ],
  options: {
    doNotFollow: { path: "^node_modules/" },
    exclude: { path: "^(artifacts|cache|coverage|out)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
    skipAnalysisNotInRules: true,
  },
};
