import { useEffect, useRef, useState } from "react";
import { photoWords } from "../../client/store/message-words.ts";
import { text } from "../../shared/text/text.ts";
import type { RowHead, TimelineRows } from "./timeline-snapshot.ts";

/** What comes within this time is said in one go. */
const batchMs = 1000;
/** So many are read out, more are counted. */
const mostRead = 3;

export interface Announcement {
	readonly id: number;
	readonly words: string;
}

/**
 * What a screen reader says by itself: new messages of others, and own ones that were refused. Never what comes into
 * the list because somebody scrolls or goes back in time.
 */
export function useAnnouncements(rows: TimelineRows, isLive: boolean): Announcement {
	const [said, setSaid] = useState<Announcement>({ id: 0, words: "" });
	const last = useRef<string | undefined>(undefined);
	const failed = useRef(new Set<string>());
	const waiting = useRef<string[]>([]);
	const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
	useEffect(() => () => clearTimeout(timer.current), []);
	useEffect(() => {
		if (!isLive) return;
		waiting.current.push(...newWords(rows, last.current), ...refusedWords(rows, failed.current));
		last.current = rows.heads.findLast((head) => head.eventId !== undefined)?.key;
		if (waiting.current.length === 0 || timer.current !== undefined) return;
		timer.current = setTimeout(() => {
			timer.current = undefined;
			const news = waiting.current.splice(0);
			const words = news.length > mostRead ? text("chat.newCount", { count: news.length }) : news.join(". ");
			setSaid(({ id }) => ({ id: id + 1, words }));
		}, batchMs);
	}, [rows, isLive]);
	return said;
}

/** Messages of others behind the last row that was known; nothing where that is gone, for then all is new. */
function newWords({ heads, read }: TimelineRows, lastKey: string | undefined): readonly string[] {
	if (lastKey === undefined) return [];
	const at = heads.findLastIndex((head) => head.key === lastKey);
	if (at === -1) return [];
	return heads.slice(at + 1).flatMap((head: RowHead, offset) => {
		const row = head.isOwn || head.kind === "service" ? undefined : read(at + 1 + offset);
		if (row?.kind !== "message") return [];
		return [`${row.senderName}: ${row.picture === undefined ? row.text : photoWords(row.text)}`];
	});
}

function refusedWords({ heads, read }: TimelineRows, known: Set<string>): readonly string[] {
	const from = heads.findLastIndex((head) => head.eventId !== undefined) + 1;
	return heads.slice(from).flatMap((head, offset) => {
		const row = read(from + offset);
		if (row?.kind !== "message" || row.state !== "failed" || known.has(head.key)) return [];
		known.add(head.key);
		return [`${text("message.failed")}: ${row.failure ?? ""}`];
	});
}
