import type { ToldRoom } from "../../../../federation/handshakes/told-room.ts";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { WireMembership } from "../../../shared/wire/room.ts";
import type { RoomPreview } from "../../rooms/public.ts";

/** A room that another server tells of, as people are shown it. */
export const previewOf = (
	room: ToldRoom,
	reader: { readonly membership: WireMembership | undefined; readonly via: readonly ServerName[] },
): RoomPreview => {
	const { roomId, name, topic, avatarUrl, alias, joinedCount, joinRule, isSpace } = room;
	return { roomId, name, topic, avatarUrl, alias, joinedCount, joinRule, isSpace, ...reader };
};
