import type { WireRoomProgress, WireRoomSummary } from "../../shared/wire/room.ts";
import type { WireRoomDelta } from "../../shared/wire/sync.ts";
import type { AudienceMember, MovedReceipt, ShownMember, StreamRecord } from "./ports.ts";
import { type RoomAudience, seesLastMessage } from "./room-audience.ts";

const heroCount = 5;

/** What happened in one room between two positions, before it is made out to a reader. */
export interface RoomChange {
	readonly audience: RoomAudience;
	readonly records: readonly StreamRecord[];
	readonly receipts: readonly MovedReceipt[];
}

/** One change for one reader, without asking the database. */
export const composeDelta = (change: RoomChange, member: AudienceMember): WireRoomDelta => {
	const { audience, records } = change;
	const isJoined = member.membership === "join";
	const reads = change.receipts.filter((receipt) => receipt.isPublic && receipt.userId !== member.userId);
	const progress: Partial<WireRoomProgress> = {
		reads: reads.map(({ userId, position, ts }) => ({ userId, position: String(position), ts })),
	};
	const summary = changesSummary(change, member) ? composeSummary(audience, member) : undefined;
	const senders = isJoined ? sendersBeside(summary?.heroes ?? [], change, member) : [];
	return {
		roomId: audience.facts.roomId,
		...(summary === undefined ? {} : { summary }),
		...(senders.length === 0 ? {} : { senders }),
		events: isJoined ? records.map((record) => record.toWire(member.userId)) : [],
		isLimited: false,
		...(reads.length > 0 && isJoined ? { progress } : {}),
	};
};

/** Who wrote and is neither the reader nor named by the row: a client may never have heard of them. */
const sendersBeside = (
	heroes: WireRoomSummary["heroes"],
	{ audience, records }: RoomChange,
	{ userId }: AudienceMember,
): WireRoomSummary["heroes"] => {
	const ids = new Set(records.filter(({ isMessage }) => isMessage).map(({ sender }) => sender));
	ids.delete(userId);
	for (const hero of heroes) ids.delete(hero.userId);
	return [...ids].flatMap((id) => writerOf(audience, id) ?? []).map(heroOf);
};

const writerOf = ({ members, others }: RoomAudience, userId: string): ShownMember | undefined =>
	members.get(userId) ?? others.get(userId);

/** The invited are not told when others write, only when what they see of the room changes. */
export const changesSummary = ({ records, receipts }: RoomChange, { userId, membership }: AudienceMember): boolean =>
	records.some((record) => membership === "join" || record.stateKey !== undefined) ||
	receipts.some((receipt) => receipt.userId === userId);

/** The row of the chat list for one reader. */
const composeSummary = (audience: RoomAudience, member: AudienceMember): WireRoomSummary => {
	const { facts, lastMessage } = audience;
	const isJoined = member.membership === "join";
	const maySee = isJoined && lastMessage !== undefined && seesLastMessage(audience, member);
	return {
		roomId: facts.roomId,
		kind: facts.kind,
		...(facts.name === undefined ? {} : { name: facts.name }),
		...(facts.topic === undefined || !isJoined ? {} : { topic: facts.topic }),
		...(facts.avatarUrl === undefined ? {} : { avatarUrl: facts.avatarUrl }),
		heroes: heroesFor(audience, member),
		joinedCount: facts.joinedCount,
		invitedCount: facts.invitedCount,
		...(isJoined && facts.knockCount > 0 && audience.mayLetIn(member.userId) ? { knockCount: facts.knockCount } : {}),
		membership: member.membership,
		...(member.invitedBy === undefined ? {} : { invitedBy: member.invitedBy }),
		// An invitation stands where it came in: what happens in the room meanwhile is not the invited person's to see.
		lastPosition: String(isJoined ? facts.lastActivity : member.memberNid),
		...(maySee ? { lastMessage: lastMessage.toWire(member.userId) } : {}),
		unreadCount: isJoined ? Math.max(0, facts.messageCount - member.readOrdinal) : 0,
		mentionCount: member.mentions.length,
		...(member.readPosition > 0 ? { readPosition: String(member.readPosition) } : {}),
		...(facts.replacementRoomId === undefined ? {} : { replacementRoomId: facts.replacementRoomId }),
		...(facts.encryption === undefined ? {} : { encryption: facts.encryption }),
	};
};

/** In a room with a name whoever wrote last, in one without the people who name it; to the invited their inviter. */
const heroesFor = (audience: RoomAudience, viewer: AudienceMember): WireRoomSummary["heroes"] => {
	if (audience.facts.name !== undefined && viewer.membership === "join") return lastWriter(audience, viewer);
	const heroes: WireRoomSummary["heroes"] = [];
	for (const member of audience.members.values()) {
		const { userId } = member;
		const isShown = viewer.membership === "join" ? userId !== viewer.userId : userId === viewer.invitedBy;
		if (isShown) heroes.push(heroOf(member));
		if (heroes.length === heroCount) break;
	}
	return heroes;
};

const lastWriter = (audience: RoomAudience, viewer: AudienceMember): WireRoomSummary["heroes"] => {
	const { lastMessage } = audience;
	const writer = lastMessage === undefined ? undefined : writerOf(audience, lastMessage.sender);
	if (writer === undefined || writer.userId === viewer.userId) return [];
	return [heroOf(writer)];
};

const heroOf = ({ userId, displayName, avatarUrl }: ShownMember): WireRoomSummary["heroes"][number] => ({
	userId,
	displayName,
	...(avatarUrl === undefined ? {} : { avatarUrl }),
});
