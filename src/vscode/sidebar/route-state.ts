/** What the sidebar shows of a route. Pure, so that it can be tested without an editor. */
import { formatSeconds } from '../../base/count.js';
import { formatUsd } from '../../money/micro-usd.js';
import type { RouteRow, RouteTable } from '../../route-table.js';
import type { RouteRowView, RouteView } from '../../webview/sidebar/protocol.js';

export function routeView({ why, rows }: RouteTable): RouteView {
  const fallbacks = rows.filter((r) => r.verdict === 'fallback');
  return { kind: 'routed', why, rows: rows.map((row) => rowView(row, fallbacks.indexOf(row) + 1)) };
}

/** @param place among the fallbacks, from 1. */
function rowView({ model, verdict, cost, latency, reasons }: RouteRow, place: number): RouteRowView {
  const words = { chosen: 'first', fallback: `fallback ${place}`, other: 'could be asked', rejected: 'not asked' };
  return {
    id: model,
    verdict,
    words: words[verdict],
    cost: cost ? formatUsd(cost.expected) : 'price unknown',
    time: `${formatSeconds(latency.whole)}${latency.measured === 0 ? '?' : ''}`,
    reasons: reasons.join('; '),
  };
}
