import type { ReactNode } from "react";

const address = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}’”']/g;

/** A text with its web addresses as links. Nothing in it is read as markup. */
export function MessageText({ body }: { readonly body: string }) {
	const parts: ReactNode[] = [];
	let end = 0;
	for (const match of body.matchAll(address)) {
		if (match.index > end) parts.push(body.slice(end, match.index));
		parts.push(
			<a key={match.index} href={match[0]} target="_blank" rel="noopener noreferrer">
				{match[0]}
			</a>,
		);
		end = match.index + match[0].length;
	}
	parts.push(body.slice(end));
	return <>{parts}</>;
}
