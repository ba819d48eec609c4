import { listTime } from "../../shared/text/dates.ts";
import "../../shared/text/en/console.ts";
import { countText } from "../../shared/text/figures.ts";
import { text } from "../../shared/text/text.ts";
import type { WireAdminRoom } from "../../shared/wire/admin-calls.ts";
import type { WireCommandResult } from "../../shared/wire/commands.ts";
import { action, showAction } from "./show-action.ts";
import type { ShowContext, ShownFacts, ShownRows } from "./shown-result.ts";

export function showRooms(items: readonly WireAdminRoom[], hasMore: boolean, { now }: ShowContext): ShownRows {
	return {
		kind: "rows",
		title: text("result.rooms", { count: items.length }),
		columns: [text("result.room"), text("result.peopleHere"), text("result.messages"), text("result.lastMessage")],
		rows: items.map((room) => ({
			key: room.roomId,
			name: nameOf(room),
			detail: kindText(room),
			cells: [
				{ words: countText(room.localCount) },
				{ words: countText(room.messageCount) },
				{ words: lastText(room, now) },
			],
			actions: [showAction(nameOf(room), { name: "rooms-show", room: room.roomId })],
		})),
		note: hasMore ? text("result.more") : undefined,
	};
}

export function showRoom(
	{ room, people }: Extract<WireCommandResult, { kind: "room" }>,
	{ now }: ShowContext,
): ShownFacts {
	const names = people.map(({ displayName }) => displayName).join(", ");
	return {
		kind: "facts",
		title: nameOf(room),
		facts: [
			{ name: text("result.room"), words: room.roomId },
			{ name: text("result.kind"), words: kindText(room) },
			{ name: text("result.encryption"), words: text(room.isEncrypted ? "result.encrypted" : "result.plain") },
			{ name: text("result.peopleHere"), words: countText(room.localCount) },
			{ name: text("result.peopleAll"), words: countText(room.joinedCount) },
			{ name: text("result.messages"), words: countText(room.messageCount) },
			{ name: text("result.lastMessage"), words: lastText(room, now) },
			{ name: text("result.madeBy"), words: room.creatorId },
			...(names === "" ? [] : [{ name: text("result.who"), words: names }]),
			...(room.isReplaced ? [{ name: text("result.replaced"), words: text("result.yes") }] : []),
		],
		actions: [action(text("action.close"), nameOf(room), { name: "rooms-close", room: room.roomId })],
	};
}

function nameOf({ name, kind }: WireAdminRoom): string {
	return name ?? (kind === "direct" ? text("result.direct") : text("result.unnamed"));
}

function kindText({ kind }: WireAdminRoom): string {
	return text(`result.${kind}`);
}

function lastText({ lastMessageAt }: WireAdminRoom, now: number): string {
	return lastMessageAt === undefined ? text("result.never") : listTime(lastMessageAt, now);
}
