/** ESLint rules of the house that no published plugin at hand provides. */

const DISABLE = /^\s*eslint-disable(?:-next-line|-line)?\b/;

/** A disable comment says why, after two dashes: `eslint-disable-next-line rule -- the reason`. */
const disableWithReason = {
  meta: {
    type: "problem",
    schema: [],
    messages: { missing: "Say why the rule is switched off: `eslint-disable-next-line <rule> -- <reason>`." },
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          if (DISABLE.test(comment.value) && !/\s--\s+\S/.test(comment.value)) {
            context.report({ loc: comment.loc, messageId: "missing" });
          }
        }
      },
    };
  },
};

/** The plugin, as ESLint's flat configuration wants it. */
export const house = { rules: { "disable-with-reason": disableWithReason } };
