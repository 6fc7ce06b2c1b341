/** What is needed to route and send a request and nothing before: a bundle of its own, loaded with the first one. */
export { countTokens } from '../../base/tokens.js';
export { estimateTokens } from '../../models/token-counter.js';
export { machineKey } from '../../policy/machine-key.js';
export { Redaction } from '../../policy/redaction.js';
export { prepareRequest, sendRequest } from '../../request.js';
export { routeTable } from '../../route-table.js';
export { placeOfOffer, routeRequest } from '../../routing.js';
export { describeRebilled } from '../../session/rebilled-words.js';
export { SessionStore } from '../../session/store.js';
export { SessionTurn } from '../../session-turn.js';
