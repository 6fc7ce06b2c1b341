/** Command → id of its action. `refactor` and `runAction` ask which one. */
export const ACTION_COMMANDS: Readonly<Record<string, string>> = {
  explain: 'explain',
  askCodebase: 'ask',
  extractFunction: 'extract-function',
  extractClass: 'extract-class',
  extractModule: 'extract-module',
  splitModule: 'split-module',
  breakCycle: 'break-cycle',
  invertDependency: 'invert-dependency',
  writeTests: 'tests',
  reviewChange: 'review-change',
  writeCommitMessage: 'commit-message',
  planMigration: 'plan-migration',
};

/** Whether `Longview: Refactor…` offers the action. */
export const isRefactoring = (id: string): boolean => /^refactor(-|$)/.test(id);
