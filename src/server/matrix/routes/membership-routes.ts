import { badJson, incompatibleVersion } from "../../../../federation/handshakes/refusal.ts";
import { getObject, getString, getValue, jsonObject } from "../../../../federation/json/json-object.ts";
import type { MatrixAnswer, MatrixRequest, MatrixRoute } from "../matrix-route.ts";

/** One event, with some room for what stands around it. */
const maxEventBody = 128 * 1024;
/** An invitation with the events that show the room. */
const maxInviteBody = 1024 * 1024;

type Wish = "join" | "leave" | "knock";

const parameter = ({ params }: MatrixRequest, name: string): string => params[name] ?? "";

const make = (membership: Wish): MatrixRoute => ({
	method: "GET",
	path: `/_matrix/federation/v1/make_${membership}/{roomId}/{userId}`,
	isSigned: true,
	maxBodyBytes: 0,
	answer: ({ membership: area }, request) => {
		const versions = request.query.getAll("ver");
		return area.answerMake({
			origin: request.origin,
			roomId: parameter(request, "roomId"),
			userId: parameter(request, "userId"),
			membership,
			// Who names no version understands the first one alone.
			versions: versions.length === 0 ? ["1"] : versions,
		});
	},
});

const send = (membership: Wish, version: "v1" | "v2"): MatrixRoute => ({
	method: "PUT",
	path: `/_matrix/federation/${version}/send_${membership}/{roomId}/{eventId}`,
	isSigned: true,
	maxBodyBytes: maxEventBody,
	answer: async ({ membership: area }, request) => {
		const answer = await area.answerSend({
			origin: request.origin,
			roomId: parameter(request, "roomId"),
			eventId: parameter(request, "eventId"),
			membership,
			pdu: request.content,
			mayOmitMembers: request.query.get("omit_members") === "true",
		});
		// The first form of joining and leaving wraps what it answers in a list with a status.
		const isWrapped = version === "v1" && membership !== "knock";
		if (answer.kind === "streamed") return isWrapped ? { ...answer, pieces: wrapped(answer.pieces) } : answer;
		return answer.kind === "answered" && isWrapped ? { ...answer, content: [200, answer.content] } : answer;
	},
});

async function* wrapped(pieces: AsyncIterable<string>): AsyncGenerator<string> {
	yield "[200,";
	yield* pieces;
	yield "]";
}

const invite: MatrixRoute = {
	method: "PUT",
	path: "/_matrix/federation/v2/invite/{roomId}/{eventId}",
	isSigned: true,
	maxBodyBytes: maxInviteBody,
	answer: async ({ membership }, request): Promise<MatrixAnswer> => {
		const { content } = request;
		const pdu = getObject(content, "event");
		const versionId = getString(content, "room_version");
		if (pdu === undefined || versionId === undefined) return badJson("event or room_version is missing");
		const roomState = getValue(content, "invite_room_state");
		const answer = await membership.receiveInvitation({
			origin: request.origin,
			roomId: parameter(request, "roomId"),
			eventId: parameter(request, "eventId"),
			versionId,
			pdu,
			roomState,
		});
		return answer.kind === "answered" ? { kind: "answered", content: jsonObject([["event", answer.event]]) } : answer;
	},
};

/** The older form names no version: it is for rooms of versions 1 and 2, which nobody here can be invited to. */
const inviteFirst: MatrixRoute = {
	method: "PUT",
	path: "/_matrix/federation/v1/invite/{roomId}/{eventId}",
	isSigned: true,
	maxBodyBytes: maxInviteBody,
	answer: async () => incompatibleVersion("1"),
};

/** For the server of somebody whose address was invited here. */
const exchangeThirdPartyInvite: MatrixRoute = {
	method: "PUT",
	path: "/_matrix/federation/v1/exchange_third_party_invite/{roomId}",
	isSigned: true,
	maxBodyBytes: maxEventBody,
	answer: ({ membership }, request) =>
		membership.exchangeThirdPartyInvite({
			origin: request.origin,
			roomId: parameter(request, "roomId"),
			content: request.content,
		}),
};

/** For identity servers, which sign no requests: what they say is proven by what it holds, or not at all. */
const onBind: MatrixRoute = {
	method: "PUT",
	path: "/_matrix/federation/v1/3pid/onbind",
	isSigned: false,
	maxBodyBytes: maxEventBody,
	answer: async ({ membership }, { content }) => {
		await membership.takeBoundInvites(content);
		return { kind: "answered", content: jsonObject() };
	},
};

/** Coming into rooms, and leaving them. */
export const membershipRoutes: readonly MatrixRoute[] = [
	make("join"),
	send("join", "v1"),
	send("join", "v2"),
	make("leave"),
	send("leave", "v1"),
	send("leave", "v2"),
	make("knock"),
	send("knock", "v1"),
	inviteFirst,
	invite,
	exchangeThirdPartyInvite,
	onBind,
];
