import { clockTime, dayKey, dayLabel } from "../../shared/text/dates.ts";
import "../../shared/text/en/conversation.ts";
import { text } from "../../shared/text/text.ts";

const dayMs = 86_400_000;

/** What stands over the first new message: since when it is new, which is since the last one that was read. */
export function unreadText(readTs: number | undefined, now: number): string {
	if (readTs === undefined) return text("chat.new");
	const time = clockTime(readTs);
	if (dayKey(readTs) === dayKey(now)) return text("chat.newSinceTime", { time });
	if (dayKey(readTs) === dayKey(now - dayMs)) return text("chat.newSinceYesterday", { time });
	return text("chat.newSinceDay", { day: dayLabel(readTs, now) });
}
