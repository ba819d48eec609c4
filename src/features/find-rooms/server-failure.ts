import "../../shared/text/en/join.ts";
import { type FailureCode, failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";

/** What a page says instead of what it asked another server for. */
export interface ServerFailure {
	readonly title: string;
	readonly text: string;
}

/** Why a server could not be asked for its list or for a room: its name once, and what can be done. */
export function serverFailure(code: FailureCode, server: string | undefined, wanted: "list" | "room"): ServerFailure {
	if (server === undefined) return { title: text("rooms.failedTitle"), text: failureText(code) };
	switch (code) {
		case "server-unknown":
			return { title: text("rooms.unknownTitle", { server }), text: text("rooms.unknownText") };
		case "server-unreachable":
			return { title: text("rooms.unreachable", { server }), text: text("rooms.unreachableText") };
		case "server-not-trusted":
			return { title: text("rooms.untrustedTitle", { server }), text: text("rooms.untrustedText") };
		case "server-blocked":
			return { title: text("rooms.blockedTitle", { server }), text: text("rooms.blockedText") };
		case "server-refused":
			return wanted === "list"
				? { title: text("rooms.closedListTitle", { server }), text: text("rooms.closedListText") }
				: { title: text("rooms.closedRoomTitle", { server }), text: text("rooms.closedRoomText") };
		default:
			return { title: text("rooms.failedTitle"), text: failureText(code) };
	}
}
