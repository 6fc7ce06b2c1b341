/** What the sidebar's parts have in common. */
import { css } from 'lit';

export const shared = css`
  :host {
    display: block;
  }
  h2 {
    margin: 0 0 4px;
    font-size: inherit;
    font-weight: 600;
  }
  p {
    margin: 0 0 6px;
  }
  .quiet {
    color: var(--vscode-descriptionForeground);
  }
  .numbers {
    font-variant-numeric: tabular-nums;
  }
  .place,
  .message {
    overflow-wrap: anywhere;
  }
  .link {
    padding: 0;
    color: var(--vscode-textLink-foreground);
    background: none;
    border: 0;
    font: inherit;
    text-align: start;
    text-decoration: underline;
    cursor: pointer;
  }
  .link:hover {
    color: var(--vscode-textLink-activeForeground);
  }
  .disclose {
    display: flex;
    gap: 4px;
    align-items: center;
    width: 100%;
    padding: 2px 0;
    color: var(--vscode-foreground);
    background: none;
    border: 0;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    align-items: center;
  }
  .chip {
    display: inline-flex;
    gap: 4px;
    align-items: center;
    padding: 1px 6px 3px;
    color: var(--vscode-foreground);
    background: transparent;
    border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, var(--vscode-descriptionForeground)));
    border-radius: 3px;
    font: inherit;
    cursor: pointer;
  }
  .chip:hover {
    background: var(--vscode-toolbar-hoverBackground);
  }
  .chip[aria-pressed='true'],
  .chip:has(:checked) {
    color: var(--vscode-inputOption-activeForeground);
    background: var(--vscode-inputOption-activeBackground);
    border-color: var(--vscode-inputOption-activeBorder, var(--vscode-focusBorder));
    /* High contrast has no background for it. */
    box-shadow: inset 0 -2px 0 currentColor;
  }
  .chip:has(:disabled) {
    opacity: 0.6;
    cursor: default;
  }
  :focus-visible,
  .chip:has(:focus-visible) {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  vscode-icon {
    flex: none;
    color: inherit;
  }
`;

/** Options of two lines or more, each with an icon before it. */
export const listBox = css`
  [role='option'] {
    display: grid;
    grid-template-columns: 16px 1fr;
    gap: 0 4px;
    padding: 3px 4px;
    border-radius: 3px;
    cursor: pointer;
  }
  [role='option']:hover {
    background: var(--vscode-list-hoverBackground);
  }
  [role='option'][aria-selected='true'] {
    color: var(--vscode-list-inactiveSelectionForeground, inherit);
    background: var(--vscode-list-inactiveSelectionBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  [role='option']:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 8px;
    min-width: 0;
  }
  .details {
    grid-column: 2;
    font-size: 0.92em;
  }
  .details:not([role='option'][aria-selected='true'] *) {
    color: var(--vscode-descriptionForeground);
  }
`;
