/** Entry of the graph's page. */
import './graph.css';
import { connectHost } from '../host.js';
import { GraphPage } from './graph-page.js';
import type { ToHost, ToPage } from './protocol.js';
import type { ViewState } from './view-state.js';

new GraphPage(document.body, connectHost<ToHost, ToPage, ViewState>()).start();
