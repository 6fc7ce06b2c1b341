import assert from 'node:assert/strict';
import { findingsIn, shownIn } from './findings.js';

const client = (name: string, ...methods: string[]): Record<string, string> => ({
  [`m/${name}.java`]: `package m;\nclass ${name} {\n  void run(Machine m) {\n${methods.map((call) => `    m.${call}();`).join('\n')}\n  }\n}\n`,
});
const MACHINE = {
  'm/Machine.java':
    'package m;\npublic interface Machine {\n  void print();\n  void staple();\n  void scan();\n  void crop();\n  void fax();\n  void stop();\n}\n',
};
const PRINTERS = { ...client('A', 'print', 'staple'), ...client('B', 'staple', 'print') };
const SCANNERS = { ...client('C', 'scan', 'crop'), ...client('D', 'crop', 'fax') };

describe('graph/findings/fat-interface', () => {
  it('finds an interface whose clients have no member in common, and says which use what', async () => {
    const [finding, ...others] = await findingsIn({ ...MACHINE, ...PRINTERS, ...SCANNERS }, 'fat-interface');
    assert.deepEqual(others, []);
    assert.equal(
      finding?.message,
      "The clients of Machine fall into 2 groups that use none of each other's members: each could depend on an interface of its own.",
    );
    assert.deepEqual(
      finding.evidence.map((e) => `${e.path}:${e.line + 1} ${e.words}`),
      [
        'm/Machine.java:5 scan, crop, fax: used by 2 files',
        'm/C.java:4 uses these alone',
        'm/D.java:4 uses these alone',
        'm/Machine.java:3 print, staple: used by 2 files',
        'm/A.java:4 uses these alone',
        'm/B.java:4 uses these alone',
      ],
    );
  });

  it('says nothing where one client needs members of both groups, or a group is one client or one member', async () => {
    const fat = (files: Record<string, string>): Promise<string[]> => shownIn({ ...MACHINE, ...files }, 'fat-interface');
    assert.deepEqual(await fat({ ...PRINTERS, ...SCANNERS, ...client('Copier', 'scan', 'print') }), []);
    assert.deepEqual(await fat({ ...PRINTERS, ...client('C', 'scan', 'crop') }), []);
    assert.deepEqual(await fat({ ...PRINTERS, ...client('C', 'scan'), ...client('D', 'scan') }), []);
    const builder = { 'm/Machine.java': MACHINE['m/Machine.java'].replaceAll('void', 'Machine') };
    assert.deepEqual(await fat({ ...PRINTERS, ...SCANNERS, ...builder }), []);
  });
});
