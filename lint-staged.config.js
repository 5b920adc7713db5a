/** Staged files only, so that a commit stays quick; types and tests run in CI. */
export default {
  "*.{ts,js,mjs}": ["prettier --write", "eslint --max-warnings 0"],
  "{contracts,test/property}/**/*.sol": ["prettier --write", "solhint --noPoster --max-warnings 0"],
  "*.{md,json,yml}": "prettier --write",
};
