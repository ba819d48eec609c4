import { createHash, randomUUID } from "node:crypto";
import type { EventId, RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { citesField } from "../../../shared/wire/assistant-limits.ts";
import { wireEncryptedContent } from "../../../shared/wire/encrypted-content.ts";
import type { WireMessageCites } from "../../../shared/wire/message-cites.ts";
import type { WireMember, WireRoomEncryption, WireRoomSummary } from "../../../shared/wire/room.ts";
import type { Viewer } from "../../accounts/public.ts";
import type { BotAreas } from "./bot-ports.ts";
import { type BotEngine, EngineFailure } from "./engine/open-engine.ts";

export interface SayParts {
	readonly areas: Pick<BotAreas, "timeline" | "messages">;
	readonly engine: Pick<BotEngine, "call">;
	readonly viewer: Viewer;
	readonly summaryOf: (roomId: RoomId) => WireRoomSummary | undefined;
}

/** What the assistant says in a room: always a notice, which nothing answers by itself. Matrix v1.19, "m.notice". */
export interface Saying {
	readonly body: string;
	/** On which messages of the room its lines rest. */
	readonly cites?: WireMessageCites | undefined;
	readonly replyTo?: string | undefined;
	readonly mentions?: readonly string[];
	/** The event that it is about: whatever breaks off, it is said once for it. */
	readonly once?: string | undefined;
}

/** Says it, sealed where the room is encrypted. Undefined: it is not in the room any more. */
export const say = async (parts: SayParts, roomId: RoomId, saying: Saying): Promise<string | undefined> => {
	const { areas, viewer, summaryOf } = parts;
	const summary = summaryOf(roomId);
	if (summary === undefined) return undefined;
	const { body, cites, mentions = [], replyTo, once } = saying;
	const write = { userId: viewer.userId, roomId, transactionId: once === undefined ? randomUUID() : nameFor(once) };
	const targetEventId = replyTo as EventId | undefined;
	if (summary.encryption === undefined) {
		const plain = { ...write, body, mentions: mentions as readonly UserId[], isAutomatic: true, cites };
		return (await areas.messages.send({ ...plain, replyTo: targetEventId })).eventId;
	}
	const content = await sealedFor(parts, { roomId, encryption: summary.encryption }, saying);
	return (await areas.messages.sendEncrypted({ ...write, content, targetEventId })).eventId;
};

/** The server keeps one event of a name. */
const nameFor = (eventId: string): string => createHash("sha256").update(`said for ${eventId}`).digest("hex");

const sealedFor = async (
	parts: SayParts,
	{ roomId, encryption }: { readonly roomId: RoomId; readonly encryption: WireRoomEncryption },
	{ body, cites = [], mentions = [], replyTo }: Saying,
) => {
	const { engine } = parts;
	const { historyVisibility, rotationPeriodMs, rotationPeriodMsgs } = encryption;
	const isReader = ({ membership }: WireMember): boolean =>
		membership === "join" || (membership === "invite" && historyVisibility !== "joined");
	const userIds = (await membersOf(parts, roomId)).filter(isReader).map(({ userId }) => userId);
	const settings = {
		historyVisibility,
		...(rotationPeriodMs !== undefined && { rotationPeriodMs }),
		...(rotationPeriodMsgs !== undefined && { rotationPeriodMessages: rotationPeriodMsgs }),
	};
	const content = {
		...{ msgtype: "m.notice", body },
		"m.mentions": mentions.length === 0 ? {} : { user_ids: [...mentions] },
		...(cites.length > 0 && { [citesField]: cites }),
		...(replyTo !== undefined && { "m.relates_to": { "m.in_reply_to": { event_id: replyTo } } }),
	};
	const message = { roomId, userIds, settings, type: "m.room.message", content };
	const seal = () => engine.call("encrypt", message);
	const sealed = await seal().catch(async (error) => {
		// There is no person here to be told: whoever of this server begins anew is believed, as this server is.
		if (!(error instanceof EngineFailure) || error.code !== "identity-changed") throw error;
		await engine.call("acceptIdentities", { userIds });
		return seal();
	});
	return wireEncryptedContent.parse(sealed.content);
};

const pageSize = 500;

export const membersOf = async (
	{ areas, viewer }: Pick<SayParts, "areas" | "viewer">,
	roomId: RoomId,
): Promise<readonly WireMember[]> => {
	const members: WireMember[] = [];
	let cursor: string | undefined;
	do {
		const page = await areas.timeline.members(viewer.userId, { roomId, limit: pageSize, cursor });
		members.push(...page.items);
		cursor = page.nextCursor;
	} while (cursor !== undefined);
	return members;
};
