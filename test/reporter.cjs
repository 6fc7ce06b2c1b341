/** Mocha's dot reporter, closed by one plain line that a CI job can read. */
const { reporters, Runner } = require('mocha');

module.exports = class ClosingLine extends reporters.Dot {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      console.log(`${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ''}`);
    });
  }
};
