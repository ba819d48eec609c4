import type { WireRoomSummary } from "../../shared/wire/room.ts";

/** The one other person of an encrypted direct chat: whom the chat stands for as a whole. */
export function sealedWith(summary: WireRoomSummary): string | undefined {
	const { kind, encryption, heroes } = summary;
	return kind === "direct" && encryption !== undefined && heroes.length === 1 ? heroes[0]?.userId : undefined;
}
