/** Makes what the first pack would have to make: the search index, and the tokeniser's table. */
import type { Steps } from '../base/steps.js';
import { countTokens } from '../base/tokens.js';
import type { Snapshot } from '../index/snapshot.js';
import { searchOf } from './search/search-index.js';

export function* warmUp(snapshot: Snapshot): Steps<void> {
  countTokens('');
  yield* searchOf(snapshot);
}
