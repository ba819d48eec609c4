import { clockTime, dateText, dayKey } from "./dates.ts";
import "./en/chats.ts";
import { text } from "./text.ts";

const dayMs = 86_400_000;

/** Who is writing; nobody: `undefined`. In a direct chat it can only be the other, who needs no name. */
export function typingText(names: readonly string[], isDirect: boolean): string | undefined {
	const [name, other] = names;
	if (name === undefined) return undefined;
	if (isDirect) return text("presence.typing");
	if (other === undefined) return text("presence.typingOne", { name });
	if (names.length === 2) return text("presence.typingTwo", { name, other });
	return text("presence.typingMany", { count: names.length });
}

/** How somebody is there, or when they were, as it stands beside a name; not known, or not told: `undefined`. */
export function presenceText(
	presence: { readonly isOnline: boolean; readonly lastSeenTs?: number | undefined } | undefined,
	now: number,
): string | undefined {
	if (presence?.isOnline === true) return text("presence.online");
	const ts = presence?.lastSeenTs;
	if (ts === undefined) return undefined;
	if (dayKey(ts) === dayKey(now)) return text("presence.seenToday", { time: clockTime(ts) });
	if (dayKey(ts) === dayKey(now - dayMs)) return text("presence.seenYesterday", { time: clockTime(ts) });
	return text("presence.seenOn", { date: dateText(ts) });
}
