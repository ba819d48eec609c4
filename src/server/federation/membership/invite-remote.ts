import type { RoomEvent } from "../../../../federation/events/room-event.ts";
import { askToInvite } from "../../../../federation/handshakes/membership/ask-to-invite.ts";
import { strippedStateOf } from "../../../../federation/handshakes/membership/stripped-state.ts";
import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { RoomVersion } from "../../../../federation/room-versions/room-version.ts";
import { AppError } from "../../../shared/app-error.ts";
import { handshakeError } from "./handshake-error.ts";
import type { MembershipDependencies } from "./membership-dependencies.ts";

export interface RemoteInviteInput {
	/** Who invites, a person of this server. */
	readonly userId: UserId;
	readonly roomId: RoomId;
	readonly targetId: UserId;
	/** What the event says besides the membership: name, picture, reason. */
	readonly content: JsonObject;
}

/**
 * Invites somebody of another server: the event is made here and follows the room's rules, the other server signs it, and
 * only then is it in the room. What happens in the room meanwhile is no obstacle: the event stands where it was made.
 * Being invited already is success. Throws `already-member`, `forbidden`, and what `handshakeError` says.
 */
export const inviteRemote = async (dependencies: MembershipDependencies, input: RemoteInviteInput): Promise<void> => {
	const { receiving, directory, serverName } = dependencies;
	const { roomId, userId } = input;
	const proposal = await propose(dependencies, input);
	if (proposal === undefined) return;
	const snapshot = await directory.snapshot(roomId, [userId]);
	const roomState = snapshot === undefined ? [] : strippedStateOf(snapshot, [userId]);
	const asked = await askToInvite(dependencies, { ...proposal, roomState });
	if (asked.kind !== "invited") throw handshakeError(asked);
	// Where others of that server are in the room, it takes the invitation from the room and not from the person's list.
	const received = await receiving.receive({ roomId, pdu: asked.event.json, handedBy: serverName });
	const isIn = (received.kind === "stored" || received.kind === "known") && received.status === "accepted";
	// Since it was made, the room's rules have turned against it.
	if (!isIn) throw new AppError("forbidden", { detail: `the invitation was ${received.kind}` });
};

/** The invitation, made but not stored; undefined: the person is invited already. */
const propose = (
	{ lane }: MembershipDependencies,
	{ roomId, userId, targetId, content }: RemoteInviteInput,
): Promise<{ readonly event: RoomEvent; readonly version: RoomVersion } | undefined> =>
	lane.submit({
		rooms: [roomId],
		users: [userId, targetId],
		plan: (context) => {
			const draft = context.room(roomId);
			const now = draft.state("m.room.member", targetId)?.content["membership"];
			if (now === "join") throw new AppError("already-member");
			if (now === "invite") return undefined;
			const isDirect = draft.row.kind === "direct" ? { is_direct: true } : {};
			const event = draft.propose({
				type: "m.room.member",
				sender: userId,
				stateKey: targetId,
				content: { membership: "invite", ...content, ...isDirect },
			});
			return { event, version: draft.head.version };
		},
	});
