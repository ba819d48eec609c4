import type { InviteQuestion } from "../../../../federation/handshakes/membership/answer-invite.ts";
import { answerMake, type MakeQuestion } from "../../../../federation/handshakes/membership/answer-make.ts";
import { answerSend, type SendQuestion } from "../../../../federation/handshakes/membership/answer-send.ts";
import type { RoomId } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { createAttemptLimiter } from "../../accounts/public.ts";
import type { RemoteRooms } from "../../rooms/public.ts";
import { findRoomsElsewhere } from "../elsewhere/find-rooms-elsewhere.ts";
import { createKeptTellings } from "../elsewhere/look-at-space.ts";
import { walkSpace } from "../elsewhere/walk-space.ts";
import { type AcceptedKnock, followAcceptedKnock } from "./follow-accepted-knock.ts";
import { inviteRemote } from "./invite-remote.ts";
import { createRemoteJoins } from "./join-remote.ts";
import { joinRestricted } from "./join-restricted.ts";
import { knockRemote } from "./knock-remote.ts";
import { leaveRemote } from "./leave-remote.ts";
import type { MembershipDependencies } from "./membership-dependencies.ts";
import { previewRemote } from "./preview-remote.ts";
import { readRemoteProfile } from "./read-remote-profile.ts";
import { type OutsideEvent, receiveFromOutside } from "./receive-from-outside.ts";
import { receiveInvitation } from "./receive-invitation.ts";
import { createResidentRooms } from "./resident-rooms.ts";
import {
	type ExchangeQuestion,
	exchangeLimits,
	exchangeThirdPartyInvite,
	takeBoundInvites,
} from "./third-party-invites.ts";

/** Membership across servers, both sides, bound to what it stands on. */
export const createMembership = (dependencies: MembershipDependencies) => {
	const answering = (origin: MakeQuestion["origin"]) => ({
		signer: dependencies.signer,
		verifier: dependencies.verifier,
		rooms: createResidentRooms(dependencies, origin),
	});
	const kept = createKeptTellings(dependencies.clock);
	const exchangeLimiter = createAttemptLimiter(exchangeLimits, dependencies.clock);
	const joining = new Map<RoomId, Promise<unknown>>();
	const join = createRemoteJoins(dependencies, joining);
	const letIn = (accepted: AcceptedKnock): void => {
		followAcceptedKnock(dependencies, accepted, join).catch((err: unknown) =>
			dependencies.log.warn({ err, room: accepted.roomId }, "somebody who was let into a room could not join it"),
		);
	};
	const remoteRooms: RemoteRooms = {
		serversIn: (roomId) => dependencies.memberships.serversIn(roomId),
		profileOf: (userId) => readRemoteProfile(dependencies, userId),
		invite: (input) => inviteRemote(dependencies, input),
		join,
		knock: (input) => knockRemote(dependencies, input),
		joinRestricted: (input) => joinRestricted(dependencies, input),
		preview: (input) => previewRemote(dependencies, input),
		findPublic: (query) => findRoomsElsewhere(dependencies, query),
		walkSpace: (query) => walkSpace({ ...dependencies, spaces: dependencies.texts, kept }, query),
		leave: (input) => leaveRemote(dependencies, input),
	};
	return {
		answerMake: (question: Omit<MakeQuestion, "now">) =>
			answerMake(answering(question.origin), { ...question, now: dependencies.clock.now() }),
		answerSend: (question: SendQuestion) => answerSend(answering(question.origin), question),
		receiveInvitation: (question: InviteQuestion) => receiveInvitation(dependencies, question, letIn),
		exchangeThirdPartyInvite: (question: ExchangeQuestion) => exchangeThirdPartyInvite(dependencies, question),
		takeBoundInvites: (content: JsonObject) => takeBoundInvites(dependencies, content, exchangeLimiter),
		receiveFromOutside: (event: OutsideEvent) => receiveFromOutside(dependencies, event),
		/** Resolves when no join of these rooms is under way in this process. */
		untilJoined: (roomIds: readonly RoomId[] | "all"): Promise<unknown> =>
			Promise.all(roomIds === "all" ? [...joining.values()] : roomIds.map((roomId) => joining.get(roomId))),
		remoteRooms,
	};
};

export type Membership = ReturnType<typeof createMembership>;
