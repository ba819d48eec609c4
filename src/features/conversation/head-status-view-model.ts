import { useClientState } from "../../client/hooks/use-client.ts";
import { useNow } from "../../client/hooks/use-now.ts";
import type { ClientState } from "../../client/store/client-state.ts";
import { localpartOf } from "../../shared/text/names.ts";
import { presenceText, typingText } from "../../shared/text/presence.ts";
import { text } from "../../shared/text/text.ts";
import type { WireMember, WireRoomSummary } from "../../shared/wire/room.ts";
import type { HeadStatusProps } from "./head-status-view.tsx";

/** Who is writing in a room, and who is there. */
export function useHeadStatus(
	summary: WireRoomSummary | undefined,
	members: readonly WireMember[] | undefined,
	isArriving: boolean,
): HeadStatusProps {
	const roomId = summary?.roomId ?? "";
	const isDirect = summary?.kind === "direct";
	const isOffline = useClientState((state) => state.connection.kind === "offline");
	const typing = useClientState((state) => state.typing.get(roomId)) ?? [];
	const names = useClientState((state) => state.rooms.get(roomId)?.names);
	const other = useClientState((state) => state.presence.get(summary?.heroes[0]?.userId ?? ""));
	const onlineCount = useClientState((state) => countOnline(state, members));
	const now = useNow();
	if (isOffline) return { typing: undefined, people: text("net.waiting") };
	return {
		typing: typingText(
			typing.map((userId) => names?.get(userId) ?? localpartOf(userId)),
			isDirect,
		),
		people: isDirect ? presenceText(other, now) : summary && peopleText(summary, { onlineCount, isArriving }),
	};
}

function peopleText(
	{ joinedCount: count, knockCount = 0 }: WireRoomSummary,
	{ onlineCount, isArriving }: { readonly onlineCount: number; readonly isArriving: boolean },
): string {
	// While people arrive from another server nobody here knows how many they are.
	const people = text(isArriving ? "room.peopleAtLeast" : "room.people", { count });
	if (knockCount > 0) return text("room.knocks", { people, count: knockCount });
	return onlineCount === 0 ? people : text("presence.ofThem", { people, count: onlineCount });
}

/** The reader among them. Of nobody else: none, for that they themselves are there they know. */
function countOnline({ presence }: ClientState, members: readonly WireMember[] | undefined): number {
	let others = 0;
	for (const { userId, membership } of members ?? []) {
		if (membership === "join" && presence.get(userId)?.isOnline === true) others += 1;
	}
	return others === 0 ? 0 : others + 1;
}
