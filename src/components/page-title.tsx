import Head from "next/head";
import { memo } from "react";
import { text } from "../shared/text/text.ts";

interface PageTitleProps {
	readonly page: string;
	readonly unreadChats?: number;
}

/**
 * What the browser's tab says: the page, then the app; with the number of unread chats in front. Drawn again only when
 * that changes: each drawing of a head looks through the whole document's.
 */
export const PageTitle = memo(function PageTitle({ page, unreadChats = 0 }: PageTitleProps) {
	return (
		<Head>
			<title>{`${unreadChats > 0 ? `(${unreadChats}) ` : ""}${page} · ${text("app.name")}`}</title>
		</Head>
	);
});
