import { text } from "./text.ts";

/** What the browser's tab says: the page, then the app; with the number of unread chats in front. */
export function pageTitle(page: string, unreadChats = 0): string {
	return `${unreadChats > 0 ? `(${unreadChats}) ` : ""}${page} · ${text("app.name")}`;
}
