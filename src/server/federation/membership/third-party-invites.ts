import { isRefusal, openResidentRoom } from "../../../../federation/handshakes/membership/answering.ts";
import { exchangeUri } from "../../../../federation/handshakes/membership/membership-uris.ts";
import {
	type BoundInvite,
	exchangeContent,
	readBoundInvites,
	readExchange,
	redeemedContent,
} from "../../../../federation/handshakes/membership/third-party-invite.ts";
import { forbidden, type Refusal } from "../../../../federation/handshakes/refusal.ts";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../../../federation/identifiers/user-id.ts";
import { jsonObject } from "../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { AppError, isAppError } from "../../../shared/app-error.ts";
import type { AttemptLimiter, AttemptLimits } from "../../accounts/public.ts";
import { inviteRemote } from "./invite-remote.ts";
import type { MembershipDependencies } from "./membership-dependencies.ts";
import { createResidentRooms } from "./resident-rooms.ts";

/** What another server asks for. */
export interface ExchangeQuestion {
	readonly origin: ServerName;
	readonly roomId: string;
	readonly content: JsonObject;
}

type Done = { readonly kind: "answered"; readonly content: JsonObject } | Refusal;

const done: Done = { kind: "answered", content: jsonObject() };

/**
 * `exchange_third_party_invite`: somebody of this server invited an address, and the server of the person whose it is asks
 * for their invitation. It is made by the room's rules, which hold the signature against the key in the room, signed by
 * both servers, and told to everybody in the room. Asking again for one that is there changes nothing.
 */
export const exchangeThirdPartyInvite = async (
	dependencies: MembershipDependencies,
	{ origin, roomId, content }: ExchangeQuestion,
): Promise<Done> => {
	const { serverName, log } = dependencies;
	const read = readExchange(content, { origin, roomId, serverName });
	if (read.kind === "refused") return read;
	const { invite } = read;
	const rooms = createResidentRooms(dependencies, origin);
	const room = await openResidentRoom({ rooms }, { origin, roomId }, [invite.sender, invite.targetId]);
	if (isRefusal(room)) return room;
	const stored = room.state.get("m.room.third_party_invite", invite.token);
	if (stored === undefined) return { ...forbidden("The room has no such invitation"), rule: "AUTH-3PID-TOKEN" };
	const { sender: userId, targetId } = invite;
	try {
		const made = redeemedContent(invite, stored.content);
		await inviteRemote(dependencies, { userId, targetId, roomId: invite.roomId, content: made });
	} catch (error) {
		if (!isAppError(error) || error.code === "unavailable") throw error;
		const rule = error.rule === undefined ? {} : { rule: error.rule };
		return { ...forbidden(`There is no such invitation: ${error.code}`), ...rule };
	}
	log.info({ peer: origin, room: roomId }, "an invitation by an address became one of its person");
	return done;
};

/** More addresses than one person has invitations by. */
const mostInvites = 20;

/** How often one server is asked because somebody said so whom nobody knows. */
export const exchangeLimits: AttemptLimits = {
	freeAttempts: 30,
	firstDelayMs: 1_000,
	maximumDelayMs: 600_000,
	forgetAfterMs: 3_600_000,
	maximumKeys: 10_000,
};

/**
 * `onbind`: an identity server says whose an address is, and which invitations wait for it. Anybody may say so, and nobody
 * is believed: of a room that is here the rules decide, of another one the server that invited. What becomes of it is
 * told to nobody.
 */
export const takeBoundInvites = async (
	dependencies: MembershipDependencies,
	content: JsonObject,
	limiter: AttemptLimiter,
): Promise<void> => {
	const { serverName, memberships, invitationPolicy, log } = dependencies;
	const invites = readBoundInvites(content, { serverName, most: mostInvites });
	const [first] = invites;
	if (first === undefined || !(await memberships.hasPerson(first.targetId))) return;
	for (const invite of invites) {
		const isOfOthers = userIdServer(invite.sender) !== serverName;
		if (isOfOthers && invitationPolicy() === "nobody") continue;
		try {
			await takeBoundInvite(dependencies, invite, limiter);
		} catch (error) {
			if (!isAppError(error)) throw error;
			log.info({ room: invite.roomId, rule: error.rule, code: error.code }, "an invitation by an address is refused");
		}
	}
};

const takeBoundInvite = async (
	dependencies: MembershipDependencies,
	invite: BoundInvite,
	limiter: AttemptLimiter,
): Promise<void> => {
	const { memberships, transport, directory, log } = dependencies;
	const { roomId, sender, targetId } = invite;
	const standing = await memberships.standing(roomId, targetId);
	if (standing?.membership === "join" || standing?.membership === "invite") return;
	if ((await directory.whoBlocks(sender, [targetId])).length > 0) throw new AppError("invite-blocked");
	const server = userIdServer(sender);
	if (standing?.isHere === true) return redeemHere(dependencies, invite);
	if (server === dependencies.serverName) return;
	limiter.begin(server);
	const answer = await transport.request(server, {
		method: "PUT",
		uri: exchangeUri(roomId),
		content: exchangeContent(invite),
	});
	if (answer.kind !== "answered")
		log.info({ peer: server, room: roomId, kind: answer.kind }, "an invitation by an address was not given");
};

/** The event is in the name of who invited the address, wherever they are: the identity server's signature stands for theirs. */
const redeemHere = async ({ lane }: MembershipDependencies, invite: BoundInvite): Promise<void> => {
	const { roomId, sender, targetId, token } = invite;
	await lane.submit({
		rooms: [roomId],
		users: [sender, targetId],
		plan: (context) => {
			const draft = context.room(roomId);
			const now = draft.state("m.room.member", targetId)?.content["membership"];
			const stored = draft.state("m.room.third_party_invite", token);
			if (stored === undefined) throw new AppError("forbidden", { rule: "AUTH-3PID-TOKEN" });
			if (now === "join" || now === "invite") return;
			const content = { membership: "invite", ...redeemedContent(invite, stored.content) };
			draft.add({ type: "m.room.member", sender, stateKey: targetId, content });
		},
	});
};
