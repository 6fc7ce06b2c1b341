/** Entry of the sidebar's page. */
import './sidebar.css';
import './sidebar.js';
import { connectHost } from '../host.js';
import type { SidebarDraft, SidebarState, SidebarWish } from './protocol.js';

const sidebar = document.createElement('longview-sidebar');
sidebar.host = connectHost<SidebarWish, SidebarState, SidebarDraft>();
document.body.append(sidebar);
