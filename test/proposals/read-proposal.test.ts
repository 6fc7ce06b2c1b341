import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describeMarkers } from '../../src/proposals/markers.js';
import { readProposal } from '../../src/proposals/read-proposal.js';

const KEY = 'k3x9ab';
const edit = (path: string, find: string, replace: string): string =>
  `<<<<<<< EDIT ${KEY} ${path}\n${find}======= ${KEY}\n${replace}>>>>>>> ${KEY}\n`;

describe('proposals/read-proposal', () => {
  it('reads what the instructions show', () => {
    const { changes, misread } = readProposal(describeMarkers(KEY), KEY);
    assert.deepEqual(misread, []);
    assert.deepEqual(
      changes.map((c) => c.kind),
      ['edit', 'create', 'delete', 'move'],
    );
  });

  it('keeps what is said around the changes, and puts replacements of one file together', () => {
    const answer = `First this:\n\n${edit('a.ts', 'x\n', 'y\n')}\nThen:\n\`\`\`ts\n${edit('a.ts', 'p\n', '')}\`\`\`\nDone.`;
    assert.deepEqual(readProposal(answer, KEY), {
      message: 'First this:\n\nThen:\nDone.',
      changes: [
        {
          kind: 'edit',
          path: 'a.ts',
          replacements: [
            { find: 'x\n', replace: 'y\n' },
            { find: 'p\n', replace: '' },
          ],
        },
      ],
      misread: [],
    });
  });

  it('bears what models vary', () => {
    const answer = `  <<<<<< edit ${KEY.toUpperCase()} \`a b.ts\`  \r\nx\r\n====== ${KEY}\r\ny\r\n>>>>>>>> END ${KEY}\r\n`;
    assert.deepEqual(readProposal(answer, KEY).changes, [
      { kind: 'edit', path: 'a b.ts', replacements: [{ find: 'x\n', replace: 'y\n' }] },
    ]);
  });

  it('takes no change from an object that breaks off', () => {
    const whole = JSON.stringify({ message: 'm', changes: [{ kind: 'delete', path: 'a.ts' }] });
    for (let end = '{"message":'.length; end < whole.length; end++) {
      const { changes, misread } = readProposal(whole.slice(0, end), KEY);
      assert.deepEqual([changes, misread], [[], [{ line: 1, reason: 'the answer breaks off before its end' }]]);
    }
    assert.equal(readProposal(whole, KEY).changes.length, 1);
  });

  it('takes no change from text that does not know the key', () => {
    const quoted = edit('a.ts', 'x\n', 'y\n').replaceAll(KEY, 'zzzzzz');
    const other = '<<<<<<< HEAD\na\n=======\nb\n>>>>>>> branch\n';
    const { changes, misread, message } = readProposal(quoted + other, KEY);
    assert.deepEqual([changes, misread], [[], []]);
    assert.equal(message, (quoted + other).trim());
  });

  it('lets markers of others stand in the text of a change', () => {
    const conflict = '<<<<<<< HEAD\na\n=======\nb\n>>>>>>> branch\n';
    assert.deepEqual(readProposal(edit('a.ts', conflict, 'a\n'), KEY).changes, [
      { kind: 'edit', path: 'a.ts', replacements: [{ find: conflict, replace: 'a\n' }] },
    ]);
  });

  it('changes nothing by a block that is not whole', () => {
    const whole = edit('a.ts', 'x\n', 'y\n');
    for (const [answer, reason] of [
      [whole.slice(0, -8), 'has no end'],
      [`<<<<<<< EDIT ${KEY} b.ts\n${whole}`, 'has no end'],
      [whole.replace(`======= ${KEY}\n`, ''), 'what is to stand there instead'],
      [whole.replace('y\n', `y\n======= ${KEY}\n`), 'a divider too many'],
      [`<<<<<<< DELETE ${KEY} a.ts\nx\n>>>>>>> ${KEY}`, 'has lines in it'],
      [`<<<<<<< MOVE ${KEY} a.ts\n>>>>>>> ${KEY}`, 'not one new path'],
      [`>>>>>>> ${KEY}`, 'without its beginning'],
    ] as const) {
      const { changes, misread } = readProposal(answer, KEY);
      assert.ok(misread.length === 1 && misread[0]!.reason.includes(reason), `${answer}: ${JSON.stringify(misread)}`);
      assert.equal(changes.length, answer.startsWith(`<<<<<<< EDIT ${KEY} b.ts`) ? 1 : 0);
    }
  });

  it('reads an object by the schema, and refuses any other', () => {
    const object = {
      message: 'Renamed.',
      changes: [
        { kind: 'edit', path: 'a.ts', find: 'x\r\n', replace: 'y' },
        { kind: 'move', path: 'a.ts', to: 'b.ts' },
        { kind: 'delete', path: 'c.ts' },
        { kind: 'create', path: 'd.ts', content: '' },
      ],
    };
    const read = readProposal(`\`\`\`json\n${JSON.stringify(object)}\n\`\`\``, KEY);
    assert.equal(read.message, 'Renamed.');
    assert.deepEqual(read.changes[0], { kind: 'edit', path: 'a.ts', replacements: [{ find: 'x\n', replace: 'y' }] });
    assert.equal(read.changes.length, 4);
    for (const wrong of [
      { ...object, message: 1 },
      { message: '', changes: [{ kind: 'run', path: 'rm' }] },
      { message: '', changes: [{ kind: 'constructor' }] },
      {},
    ]) {
      const { changes, misread } = readProposal(JSON.stringify(wrong), KEY);
      assert.deepEqual([changes.length, misread.length], [0, 1]);
    }
  });

  const piece = fc.oneof(
    fc.constantFrom(
      `<<<<<<< EDIT ${KEY} a.ts\n`,
      `<<<<<<< CREATE ${KEY} ../../etc/passwd\n`,
      `<<<<<<< MOVE ${KEY} a\n`,
      `<<<<<<< DELETE ${KEY} a\n`,
      `======= ${KEY}\n`,
      `>>>>>>> ${KEY}\n`,
      '```\n',
      '{',
      '\r\n',
      '\0',
      '=======\n',
    ),
    fc.string({ maxLength: 30, unit: 'binary' }),
  );

  it('never throws, and reads every whole block among anything that has no markers of its own', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const answer = pieces.join('');
        const { changes, misread } = readProposal(answer, KEY);
        assert.ok(changes.length + misread.length <= pieces.length + 1);
      }),
      { numRuns: 20_000 },
    );
    const plain = fc.string({ maxLength: 40, unit: 'grapheme' }).filter((s) => !s.includes(KEY) && !/[\r\n]/.test(s));
    fc.assert(
      fc.property(fc.array(plain), fc.array(plain), plain, (find, replace, around) => {
        const text = (lines: string[]): string => lines.map((l) => `${l}\n`).join('');
        const { changes } = readProposal(`-${around}\n${edit('src/a.ts', text(find), text(replace))}-${around}`, KEY);
        assert.deepEqual(changes, [{ kind: 'edit', path: 'src/a.ts', replacements: [{ find: text(find), replace: text(replace) }] }]);
      }),
      { numRuns: 5_000 },
    );
  });
});
