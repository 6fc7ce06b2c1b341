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
