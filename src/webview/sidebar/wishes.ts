/** How a part of the sidebar says what the user wants: an event that every part lets through. */
import type { SidebarCommand, SidebarWish } from './protocol.js';

export class WishEvent extends Event {
  static readonly type = 'wish';
  constructor(readonly wish: SidebarWish) {
    super(WishEvent.type, { bubbles: true, composed: true });
  }
}

export function wish(from: EventTarget, what: SidebarWish): void {
  from.dispatchEvent(new WishEvent(what));
}

export function run(from: EventTarget, command: SidebarCommand): void {
  wish(from, { kind: 'command', command });
}
