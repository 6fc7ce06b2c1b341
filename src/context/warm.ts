/** Makes what the first pack would have to make: columns of every record, and the tokeniser's table. */
import type { Steps } from '../base/steps.js';
import { countTokens } from '../base/tokens.js';
import type { Snapshot } from '../index/snapshot.js';
import { mentionsOf } from './mentions.js';
import { postingsOf } from './postings.js';

export function* warmUp(snapshot: Snapshot): Steps<void> {
  countTokens('');
  for (const { path } of snapshot.entries) {
    const record = snapshot.record(path);
    if (record && record.text.encoding !== 'binary') {
      postingsOf(record);
      mentionsOf(record);
    }
    yield;
  }
}
