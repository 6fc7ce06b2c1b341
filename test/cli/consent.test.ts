import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import type { Terminal } from '../../src/cli/command.js';
import { Consent } from '../../src/cli/consent.js';

describe('cli/consent', () => {
  let input: PassThrough;
  let asked: string;
  let interrupt: AbortController;
  let consent: Consent;
  beforeEach(() => {
    [input, asked, interrupt] = [new PassThrough(), '', new AbortController()];
    const terminal: Terminal = {
      write: () => assert.fail('a question is no result'),
      note: (text) => {
        asked += text;
      },
      interactive: true,
      columns: 80,
      input,
      cwd: '/',
      env: {},
    };
    consent = new Consent({ terminal, signal: interrupt.signal });
  });
  afterEach(() => consent.close());

  it('takes y and yes for yes, all else for no, and loses nothing that is typed ahead', async () => {
    input.write('y\n Yes \nyo\n\ny\n');
    const answers: boolean[] = [];
    for (let i = 0; i < 5; i++) answers.push(await consent.to(`${i}?`));
    assert.deepEqual(answers, [true, true, false, false, true]);
    assert.equal(asked, '0? [y/N] 1? [y/N] 2? [y/N] 3? [y/N] 4? [y/N] ');
  });

  it('takes the end of the input for no, now and for every further question', async () => {
    const first = consent.to('Send it?');
    input.end();
    assert.equal(await first, false);
    assert.equal(await consent.to('And this?'), false);
  });

  it('rejects when the user interrupts', async () => {
    const first = consent.to('Send it?');
    interrupt.abort();
    await assert.rejects(first);
  });
});
